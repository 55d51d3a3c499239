import { waitUntil } from '../../local/processes.mjs';

const SCHEDULERS = 3;
const SLOTS = 2;

/** How often a worker took up each job of recurring work; the id of such a job is its slot of time. */
const TAKEN_UP = `
  SELECT job.name, job.id, job.state::text AS state, count(event.id)::int AS times
  FROM bullmq.job LEFT JOIN bullmq.event ON event.queue = job.queue AND event.event = 'active'
    AND event.data ->> 'jobId' = job.id
  WHERE job.queue = 'maintenance' GROUP BY job.name, job.id, job.state`;

/** Several jobs for one slot would differ in id alone. Slots are of a minute or more, but for imports. */
const ASKED_TWICE = `
  SELECT name FROM bullmq.job WHERE queue = 'maintenance' AND name <> 'nights.close'
  GROUP BY name, added_at_ms / CASE name WHEN 'imports.resume' THEN 10000 ELSE 60000 END HAVING count(*) > 1`;

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
    const jobs = await scene.query(TAKEN_UP);
    // Once an hour: by the faults before this one, where the whole drill runs.
    const begun = jobs.some(({ name, state }) => name === 'nights.begin' && state === 'completed');
    scene.expect(begun, 'the work of the night was not begun');
    const repeated = jobs.filter(({ times }) => times > 1);
    for (const { name, times } of repeated)
      scene.expect(false, `${name} was worked through ${times} times in its slot`);
    const askedTwice = await scene.query(ASKED_TWICE);
    for (const { name } of askedTwice) scene.expect(false, `${name} was asked for twice in its slot`);
    const counts = await scene.settle(load);
    const happened = `${jobs.length} jobs of recurring work, ${repeated.length + askedTwice.length} more than once`;
    return { happened, ...counts };
  },
};
