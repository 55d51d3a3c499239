import { setTimeout as sleep } from 'node:timers/promises';

const DOWN_SECONDS = 3;
const WANTED_SECONDS = 5;

export default {
  name: 'database-killed',
  title: `PostgreSQL is killed under load and started again after ${DOWN_SECONDS} s`,
  async run(scene) {
    const [api, worker] = await Promise.all([scene.start('api'), scene.start('worker')]);
    const load = scene.load({ target: () => api.url });
    await load.flows();
    scene.onClose(() => scene.server.start());
    await scene.server.kill();
    await sleep(DOWN_SECONDS * 1000);
    await scene.server.start();
    const back = performance.now();
    const recoverySeconds = await load.recoverySince(back);
    await Promise.all([api, worker].map((running) => running.whenReady({ seconds: 15 })));
    await load.flows();

    scene.expect(recoverySeconds !== null && recoverySeconds < WANTED_SECONDS, 'writes took 5 s or more to come back');
    scene.expect(api.isRunning() && worker.isRunning(), 'a process ended');
    const counts = await scene.settle(load);
    const { 503: refused = 0 } = load.ledger.statuses;
    return { happened: `killed, back after ${DOWN_SECONDS} s; ${refused} answers 503`, recoverySeconds, ...counts };
  },
};
