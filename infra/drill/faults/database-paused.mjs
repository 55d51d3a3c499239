import { setTimeout as sleep } from 'node:timers/promises';

const PAUSE_SECONDS = 20;
const WANTED_SECONDS = 5;

export default {
  name: 'database-paused',
  title: `PostgreSQL stands still for ${PAUSE_SECONDS} s (SIGSTOP)`,
  async run(scene) {
    const api = await scene.start('api');
    const load = scene.load({ target: () => api.url });
    await load.flows();
    scene.server.pause();
    scene.onClose(() => scene.server.resume());
    await sleep(PAUSE_SECONDS * 1000);
    const alive = await fetch(`${api.url}/health/live`, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
    const ready = await fetch(`${api.url}/health/ready`, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
    scene.expect(alive?.status === 200, 'the process was not alive while the database stood still');
    scene.expect(
      ready?.status === 503,
      `readiness answered ${ready?.status ?? 'nothing'} while the database stood still`,
    );
    scene.server.resume();
    const back = performance.now();
    const recoverySeconds = await load.recoverySince(back);
    await load.flows();

    scene.expect(recoverySeconds !== null && recoverySeconds < WANTED_SECONDS, 'writes took 5 s or more to come back');
    const counts = await scene.settle(load);
    const { 503: refused = 0 } = load.ledger.statuses;
    const slowest = (load.ledger.slowestMs / 1000).toFixed(0);
    return { happened: `${refused} answers 503, the slowest after ${slowest} s`, recoverySeconds, ...counts };
  },
};
