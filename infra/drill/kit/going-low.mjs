import { waitUntil } from '../../local/processes.mjs';

const STEP_MS = 300_000;
const CALM_MGDL = 120;
const LOW_MGDL = 60;

const reading = (at, value) => ({ measuredAt: new Date(at).toISOString(), value, unit: 'mg/dL' });

/** The last hour of somebody who is well. */
export const calm = () => ({
  readings: Array.from({ length: 12 }, (_, i) => reading(Date.now() - (12 - i) * STEP_MS, CALM_MGDL + (i % 3))),
});

/** One reading that opens an alert. */
export const low = () => reading(Date.now(), LOW_MGDL);

export const inPairs = (people) =>
  people.flatMap((_, index) => (index % 2 === 0 ? [people.slice(index, index + 2)] : []));

/** Lows that stand, with how often each was opened and sounded. */
export const lowsOf = (scene, people) =>
  scene
    .query(
      `SELECT e.id, e.patient_id AS patient,
         (SELECT count(*)::int FROM alert_events t WHERE t.episode_id = e.id AND t.kind = 'opened') AS opened,
         (SELECT count(*)::int FROM alert_soundings s WHERE s.episode_id = e.id AND s.decision = 'sound') AS sounded
       FROM alert_episodes e WHERE e.rule = 'low' AND e.voided_at IS NULL AND e.patient_id = ANY ($1)`,
      [people.map(({ patientId }) => patientId)],
    )
    .catch(() => []);

export async function send({ url }, { patientId, token }, body) {
  const answer = await fetch(`${url}/api/v1/patients/${patientId}/readings`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  await answer.body?.cancel();
  return answer.ok;
}

/** As a phone does: the same reading again until it is acknowledged. */
export async function sendUntilStored(api, person, body) {
  const stored = await waitUntil(() => send(api(), person, body).catch(() => false), { seconds: 60, everyMs: 200 });
  if (!stored) throw new Error('a reading was not acknowledged within a minute');
}
