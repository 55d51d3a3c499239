import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntil } from '../../local/processes.mjs';
import { clarityExport, importReport, upload } from '../kit/imports.mjs';
import { openQueueServer } from '../kit/queue-server.mjs';

const DOWN_SECONDS = 10;
const ROWS = 20_000;

const WANTED_SECONDS = 20;

export default {
  name: 'queue-down',
  title: `the queue goes down, with all its jobs, for ${DOWN_SECONDS} s`,
  sideBySide: true,
  async run(scene) {
    const queue = await openQueueServer(scene);
    const { settings } = queue;
    const [api] = await Promise.all(['api', 'scheduler'].map((role) => scene.start(role, { settings })));
    const load = scene.load({ target: () => api.url });
    await load.flows();

    const [early, late] = scene.people.slice(-2);
    const imports = [{ person: early, ...(await accepted(scene, api, early, 'before')) }];
    await queue.takeDown();
    const down = performance.now();
    imports.push({ person: late, ...(await accepted(scene, api, late, 'while')) });
    const written = load.recoverySince(down, { seconds: 5 });
    scene.expect((await written) !== null, 'no reading was accepted while the queue was down');
    await sleep(DOWN_SECONDS * 1000 - (performance.now() - down));
    await load.finish();
    await queue.bringBack();
    const back = performance.now();
    await scene.start('worker', { settings });

    const reports = () => Promise.all(imports.map(({ person, id }) => importReport(api.url, person, id)));
    const nights = async () => (await scene.query('SELECT FROM patient_nights')).length;
    const patients = load.ledger.patientIds.length;
    const finished = async () =>
      (await reports()).every(({ status }) => status === 'done') && (await nights()) >= patients;
    scene.tell('waiting for the sweep that asks again for lost work');
    const caughtUp = await waitUntil(finished, { seconds: 3 * WANTED_SECONDS, everyMs: 250 });
    const recoverySeconds = caughtUp ? (performance.now() - back) / 1000 : null;
    scene.expect(
      recoverySeconds !== null && recoverySeconds < WANTED_SECONDS,
      `lost work was not done again within ${WANTED_SECONDS} s`,
    );

    for (const { status, counts } of await reports()) {
      const whole = status === 'done' && counts.new === ROWS && counts.known === 0 && counts.rejected === 0;
      scene.expect(whole, `an import is ${status} with ${JSON.stringify(counts)}`);
    }
    scene.expect((await nights()) >= patients, `the days of ${patients - (await nights())} patients were not closed`);
    const [{ repaired }] = await scene.query(
      'SELECT coalesce(sum(repaired_days), 0)::int AS repaired FROM patient_nights',
    );
    scene.expect(repaired === 0, `${repaired} days were not what the readings say`);
    const counts = await scene.settle(load);
    const happened = `${queue.name} away; readings and an upload accepted, lost jobs asked for again`;
    return { happened, recoverySeconds, ...counts };
  },
};

async function accepted(scene, api, person, when) {
  const { status, body } = await upload(api.url, person, clarityExport(ROWS));
  scene.expect(status === 202, `an upload ${when} the outage was answered ${status}`);
  if (status !== 202) throw new Error('without an import there is nothing to catch up');
  return { id: body.id };
}
