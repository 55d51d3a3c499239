import { waitUntil } from '../../local/processes.mjs';

const SCHEDULERS = 3;
const SLOTS = 2;

/** How often a worker took up each job of recurring work; the id of such a job is its slot of time. */
const TAKEN_UP = `
  SELECT job.name, job.id, job.state::text AS state, count(event.id)::int AS times
  FROM bullmq.job LEFT JOIN bullmq.event ON event.queue = job.queue AND event.event = 'active'
    AND event.data ->> 'jobId' = job.id
  WHERE job.queue = 'maintenance' GROUP BY job.name, job.id, job.state`;

/** The same slot is the same id, so what was asked for beside its slot has an id that is none. */
const BESIDE_ITS_SLOT = `
  SELECT name FROM bullmq.job WHERE queue = 'maintenance' AND name <> 'nights.close' AND id !~ ('^' || name || '-[0-9]+$')`;

export default {
  name: 'three-schedulers',
  title: `${SCHEDULERS} schedulers run at once`,
  sideBySide: true,
  async run(scene) {
    const api = await scene.start('api');
    const load = scene.load({ target: () => api.url });
    await load.flows(500);
    await load.finish();
    const names = Array.from({ length: SCHEDULERS }, (_, index) => `scheduler-${index + 1}`);
    await Promise.all([scene.start('worker'), ...names.map((name) => scene.start('scheduler', { name }))]);

    const completed = async (name) =>
      (await scene.query(TAKEN_UP)).filter((job) => job.name === name && job.state === 'completed').length;
    scene.tell('waiting for the next full minute');
    const cameRound = await waitUntil(async () => (await completed('audit.seal')) >= SLOTS, {
      seconds: 90,
      everyMs: 500,
    });
    scene.expect(cameRound, `recurring work did not come round ${SLOTS} times in 90 s`);
    const closed = await waitUntil(async () => (await completed('nights.close')) > 0, { seconds: 30 });
    scene.expect(closed, 'no days were closed');

    const jobs = await scene.query(TAKEN_UP);
    const repeated = jobs.filter(({ times }) => times > 1);
    for (const { name, times } of repeated)
      scene.expect(false, `${name} was worked through ${times} times in its slot`);
    const beside = await scene.query(BESIDE_ITS_SLOT);
    for (const { name } of beside) scene.expect(false, `${name} was asked for beside its slot`);
    const counts = await scene.settle(load);
    const happened = `${jobs.length} jobs of recurring work, ${repeated.length + beside.length} more than once`;
    return { happened, ...counts };
  },
};
