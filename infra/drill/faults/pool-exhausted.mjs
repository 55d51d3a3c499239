import { setTimeout as sleep } from 'node:timers/promises';
import { connectTo } from '../kit/database-server.mjs';

const HELD_SECONDS = 12;
const WANTED_SECONDS = 5;

export default {
  name: 'pool-exhausted',
  title: `somebody locks the readings for ${HELD_SECONDS} s: every connection of the API waits`,
  async run(scene) {
    const api = await scene.start('api', { settings: { DATABASE_POOL_SIZE: '4' } });
    const load = scene.load({ target: () => api.url });
    await load.flows();
    const holder = await connectTo(scene.databaseUrl);
    scene.onClose(() => holder.end());
    await holder.query('BEGIN');
    await holder.query('LOCK TABLE patient_ingest, glucose_readings IN ACCESS EXCLUSIVE MODE');
    await sleep(HELD_SECONDS * 1000);
    await holder.query('ROLLBACK');
    const back = performance.now();
    const recoverySeconds = await load.recoverySince(back);
    await load.flows();

    const { 503: refused = 0 } = load.ledger.statuses;
    scene.expect(refused > 0, 'nobody was told to come back later');
    scene.expect(recoverySeconds !== null && recoverySeconds < WANTED_SECONDS, 'writes took 5 s or more to come back');
    const counts = await scene.settle(load);
    return { happened: `a lock held for ${HELD_SECONDS} s; ${refused} answers 503`, recoverySeconds, ...counts };
  },
};
