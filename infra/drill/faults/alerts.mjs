import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntil } from '../../local/processes.mjs';
import { openQueueServer } from '../kit/queue-server.mjs';

const STEP_MS = 300_000;
const CALM_MGDL = 120;
const LOW_MGDL = 60;
const WANTED_SECONDS = 30;

export default {
  name: 'alerts',
  title: 'worker, queue, API and database are killed in turn while people go low',
  async run(scene) {
    const queue = await openQueueServer(scene);
    const start = (role, name) => scene.start(role, { name, settings: queue.settings });
    const running = Object.fromEntries(
      await Promise.all(['api', 'worker', 'scheduler'].map(async (role) => [role, await start(role, role)])),
    );
    scene.onClose(() => scene.server.start());
    const turns = inPairs(scene.people);
    const faults = [
      {
        what: 'worker',
        begin: () => running.worker.kill(),
        end: async () => (running.worker = await start('worker', 'worker-again')),
      },
      { what: 'queue', begin: () => queue.takeDown(), end: () => queue.bringBack() },
      {
        // What was acknowledged a moment ago has rung for nobody yet.
        what: 'API',
        late: true,
        begin: () => running.api.kill(),
        end: async () => (running.api = await start('api', 'api-again')),
      },
      { what: 'database', begin: () => scene.server.kill(), end: () => scene.server.start(), refuses: true },
    ];
    for (const person of scene.people) await send(running.api, person, calm());

    const seconds = [];
    for (const [index, { what, begin, end, late, refuses }] of faults.entries()) {
      const people = turns[index];
      const goLow = () => Promise.all(people.map((person) => sendUntilStored(() => running.api, person, low())));
      if (late) await goLow();
      await begin();
      const sent = late ? null : goLow();
      // Without its database the API stores nothing: the phone goes on until it is back.
      if (!refuses) await sent;
      await end();
      await sent;
      const back = performance.now();
      const all = await waitUntil(async () => (await lows(scene, people)).length >= people.length, {
        seconds: WANTED_SECONDS,
        everyMs: 50,
      });
      const took = (performance.now() - back) / 1000;
      seconds.push(took);
      scene.tell(`${what}: alerts ${took.toFixed(1)} s after it was back`);
      scene.expect(all, `${what}: a low had no alert ${WANTED_SECONDS} s after it was back`);
    }

    // A sweep that finds everything again must open nothing again.
    await sleep(11_000);
    const found = await lows(scene, scene.people);
    const patients = new Set(found.map(({ patient }) => patient)).size;
    const opened = found.reduce((sum, { opened: times }) => sum + times, 0);
    const sounded = found.reduce((sum, { sounded: times }) => sum + times, 0);
    scene.expect(opened === found.length, `${opened} openings of ${found.length} alerts are in the timeline`);
    scene.expect(sounded === found.length, `${sounded} of ${found.length} alerts sounded`);
    return {
      happened: `each killed while two people went low; ${patients} alerts, the last ${Math.max(...seconds).toFixed(1)} s after`,
      recoverySeconds: Math.max(...seconds),
      sent: scene.people.length,
      acknowledged: scene.people.length,
      stored: found.length,
      lost: scene.people.length - patients,
      doubled: found.length - patients,
    };
  },
};

const inPairs = (people) =>
  people.flatMap((person, index) => (index % 2 === 0 ? [people.slice(index, index + 2)] : []));

const reading = (at, value) => ({ measuredAt: new Date(at).toISOString(), value, unit: 'mg/dL' });
const calm = () => ({
  readings: Array.from({ length: 12 }, (_, i) => reading(Date.now() - (12 - i) * STEP_MS, CALM_MGDL + (i % 3))),
});
const low = () => reading(Date.now(), LOW_MGDL);

/** Lows that stand, with how often each was opened and sounded. */
const lows = (scene, people) =>
  scene
    .query(
      `SELECT e.patient_id AS patient,
         (SELECT count(*)::int FROM alert_events t WHERE t.episode_id = e.id AND t.kind = 'opened') AS opened,
         (SELECT count(*)::int FROM alert_soundings s WHERE s.episode_id = e.id AND s.decision = 'sound') AS sounded
       FROM alert_episodes e WHERE e.rule = 'low' AND e.voided_at IS NULL AND e.patient_id = ANY ($1)`,
      [people.map(({ patientId }) => patientId)],
    )
    .catch(() => []);

async function send({ url }, { patientId, token }, body) {
  const answer = await fetch(`${url}/api/v1/patients/${patientId}/readings`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  await answer.body?.cancel();
  return answer.ok;
}

/** As a phone does: the same reading again until it is acknowledged. */
async function sendUntilStored(api, person, body) {
  const stored = await waitUntil(() => send(api(), person, body).catch(() => false), { seconds: 60, everyMs: 200 });
  if (!stored) throw new Error('a reading was not acknowledged within a minute');
}
