import { setTimeout as sleep } from 'node:timers/promises';

const STALL_SECONDS = 15;
const WANTED_SECONDS = 5;

export default {
  name: 'network-stalled',
  title: `the network to PostgreSQL loses everything for ${STALL_SECONDS} s, then every connection`,
  async run(scene) {
    const wire = await scene.wireToDatabase();
    const api = await scene.start('api', { settings: wire.settings });
    const load = scene.load({ target: () => api.url });
    await load.flows();
    wire.stall();
    await sleep(STALL_SECONDS * 1000);
    wire.cut();
    wire.restore();
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
