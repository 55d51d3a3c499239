import { waitUntil } from '../../local/processes.mjs';
import { clarityExport, importReport, upload } from '../kit/imports.mjs';

const ROWS = 150_000;

export default {
  name: 'worker-killed',
  title: `a worker is killed (SIGKILL) in the middle of an import of ${ROWS.toLocaleString('en-GB')} rows`,
  sideBySide: true,
  async run(scene) {
    const [api, first] = await Promise.all([scene.start('api'), scene.start('worker')]);
    const person = scene.people.at(-1);
    const { status, body } = await upload(api.url, person, clarityExport(ROWS));
    if (status !== 202) throw new Error(`the upload was answered ${status}`);
    const report = () => importReport(api.url, person, body.id);

    await waitUntil(async () => (await report()).counts.new > 0, { seconds: 60, everyMs: 20 });
    await first.kill();
    const killed = performance.now();
    const left = await report();
    scene.expect(left.status === 'running', `the import was ${left.status} when its worker was killed`);
    await scene.start('worker', { name: 'worker-two' });
    scene.tell('killed; the next worker takes over once the lock of the job has run out');
    const done = await waitUntil(async () => (await report()).status === 'done', { seconds: 120, everyMs: 250 });
    const recoverySeconds = done ? (performance.now() - killed) / 1000 : null;

    const { status: ended, counts } = await report();
    scene.expect(done, `the import is ${ended} two minutes later`);
    scene.expect(
      counts.new === ROWS && counts.known === 0 && counts.rejected === 0,
      `it counts ${JSON.stringify(counts)}`,
    );
    const [stored] = await scene.query(
      `SELECT count(*)::int AS rows, count(DISTINCT measured_at)::int AS instants,
         (SELECT sum(count)::int FROM glucose_days WHERE patient_id = $1) AS "inDays"
       FROM glucose_readings WHERE patient_id = $1`,
      [person.patientId],
    );
    return {
      happened: `killed after ${left.counts.new.toLocaleString('en-GB')} rows, resumed by another worker`,
      recoverySeconds,
      sent: ROWS,
      acknowledged: ROWS,
      stored: stored.rows,
      lost: ROWS - stored.instants,
      doubled: Math.max(stored.rows, stored.inDays) - stored.instants,
    };
  },
};
