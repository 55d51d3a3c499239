import { waitUntil } from '../../local/processes.mjs';
import { clarityExport, importReport, upload } from '../kit/imports.mjs';

const IMPORT_ROWS = 100_000;
const WANTED_SECONDS = 25;
/** A request sent this long before the signal has reached the process. A later one may meet a closed connection. */
const TAKEN_MS = 20;

/** Requests that take a while: the process is asked to leave while it works on them. */
const SLOW_CROWD = [
  { everyMs: 0, batch: 3_000 },
  { everyMs: 0, batch: 3_000 },
  { everyMs: 0, batch: 3_000 },
  { everyMs: 50 },
  { everyMs: 50, patient: false },
];

export default {
  name: 'shutdown',
  title: 'SIGTERM to API, worker and scheduler under load',
  async run(scene) {
    const [api, worker, scheduler] = await Promise.all(['api', 'worker', 'scheduler'].map((role) => scene.start(role)));
    const person = scene.people.at(-1);
    const { body } = await upload(api.url, person, clarityExport(IMPORT_ROWS));
    const report = () => importReport(api.url, person, body.id);
    await waitUntil(async () => (await report()).counts.new > 0, { seconds: 60, everyMs: 20 });
    const left = await Promise.all([worker, scheduler].map((leaving) => leaving.terminate()));
    const { status, counts: imported } = await report();
    scene.expect(status === 'done' && imported.new === IMPORT_ROWS, `the worker left an import ${status}`);

    let target = api.url;
    const load = scene.load({ target: () => target, crowd: SLOW_CROWD });
    await load.flows(2_000);
    const asked = performance.now();
    left.push(await api.terminate());
    const dropped = load.ledger.breaks.filter(({ begunAt, endedAt }) => begunAt < asked - TAKEN_MS && endedAt > asked);
    scene.expect(dropped.length === 0, `${dropped.length} requests under way were not answered`);
    const again = await scene.start('api', { name: 'api-again' });
    target = again.url;

    for (const { how, seconds, name } of left) {
      scene.expect(how === 'exit code 0', `${name} ended with ${how}`);
      scene.expect(seconds < WANTED_SECONDS, `${name} took ${seconds.toFixed(0)} s to leave`);
    }
    const counts = await scene.settle(load);
    const slowest = Math.max(...left.map(({ seconds }) => seconds));
    const how = left.map((one) => `${one.name} ${one.how}`).join(', ');
    return { happened: `${how}; the slowest took ${slowest.toFixed(1)} s`, ...counts };
  },
};
