import { setTimeout as sleep } from 'node:timers/promises';

const LATE_SECONDS = 10;

export default {
  name: 'database-late',
  title: `PostgreSQL comes ${LATE_SECONDS} s after the processes`,
  async run(scene) {
    scene.onClose(() => scene.server.start());
    await scene.server.shutDown();
    const begun = performance.now();
    const roles = ['api', 'worker', 'scheduler'];
    const processes = await Promise.all(roles.map((role) => scene.spawn(role)));
    await sleep(LATE_SECONDS * 1000);
    for (const { role, isRunning } of processes) {
      scene.expect(isRunning(), `the ${role} gave up while the database was not there`);
    }
    await scene.server.start();
    const back = performance.now();
    await Promise.all(processes.map((running) => running.whenReady({ seconds: 30 })));
    const recoverySeconds = (performance.now() - back) / 1000;
    scene.expect(performance.now() - begun < 40_000, 'the processes were not ready within 40 s of their start');

    const [api] = processes;
    const load = scene.load({ target: () => api.url });
    await load.flows();
    const counts = await scene.settle(load);
    return { happened: 'api, worker and scheduler waited, then served', recoverySeconds, ...counts };
  },
};
