import { newClinic, newGrant, newPatientUser } from '../../factories/patients.js';
import { newUser } from '../../factories/people.js';
import { newChannel, newSounding, sound, timelineOf, withDelivery } from './setup.js';

const delivery = withDelivery();
beforeAll(() => delivery.open());
afterEach(() => delivery.test.clock.run());
afterAll(() => delivery.close());

const MINUTE_MS = 60_000;

async function personWithFollower() {
  const person = await newPatientUser(delivery.database);
  const follower = await newUser(delivery.database);
  await newGrant(delivery.database, person.patientId, follower.id);
  await delivery.database.query(
    'INSERT INTO alert_followers (patient_id, user_id, added_at, added_by) VALUES ($1, $2, now(), $3)',
    [person.patientId, follower.id, person.id],
  );
  return { ...person, follower };
}

const after = async (minutes: number) => {
  delivery.test.clock.advance(minutes * MINUTE_MS);
  await delivery.deliver();
};

const told = async (episodeId: string) =>
  (await timelineOf(delivery.database, episodeId)).filter((one) => one.startsWith('notified'));

it('tells the patient at once, and followers after five minutes without an answer', async () => {
  const { patientId } = await personWithFollower();
  const { episodeId } = await newSounding(delivery.database, patientId, { at: delivery.test.clock.now() });
  await delivery.deliver();
  expect(await told(episodeId)).toEqual(['notified patient 1']);
  await after(6);
  expect(await told(episodeId)).toEqual(['notified patient 1', 'notified followers 1']);
});

it('tells nobody further once somebody has acknowledged, and the follower no more once the grant has ended', async () => {
  const { patientId, follower } = await personWithFollower();
  const one = await newSounding(delivery.database, patientId, { at: delivery.test.clock.now() });
  await delivery.deliver();
  await delivery.database.query(
    `INSERT INTO alert_acknowledgements (patient_id, episode_id, user_id, severity, at) VALUES ($1, $2, $3, 'warning', now())`,
    [patientId, one.episodeId, follower.id],
  );
  await after(6);
  expect(await told(one.episodeId)).toEqual(['notified patient 1']);
  await delivery.database.query('UPDATE grants SET revoked_at = now() WHERE patient_id = $1', [patientId]);
  const at = delivery.test.clock.now();
  const other = await newSounding(delivery.database, patientId, { rule: 'high', at });
  await after(6);
  expect(await told(other.episodeId)).toEqual(['notified patient 1', 'notified followers 0']);
});

it('silences by a snooze the person who set it alone, until the alert gets graver', async () => {
  const { id: userId, patientId } = await personWithFollower();
  await delivery.database.query(
    `INSERT INTO alert_snoozes (patient_id, user_id, rule, severity, from_at, until_at)
     VALUES ($1, $2, 'low', 'warning', now() - interval '1 minute', now() + interval '2 hours')`,
    [patientId, userId],
  );
  const { episodeId } = await newSounding(delivery.database, patientId, { at: delivery.test.clock.now() });
  await after(6);
  expect(await told(episodeId)).toEqual(['notified patient 0', 'notified followers 1']);
  await sound(delivery.database, patientId, episodeId, 'urgent', delivery.test.clock.now());
  await delivery.deliver();
  expect((await told(episodeId)).at(-1)).toBe('notified patient 1');
});

it('calls whoever is on call at the clinic now, for what is urgent', async () => {
  const { organisationId, clinician, patient } = await newClinic(delivery.database);
  await delivery.database.query(
    `INSERT INTO on_call_shifts (organisation_id, user_id, starts_at, ends_at, created_at, created_by)
     VALUES ($1, $2, now() - interval '1 hour', now() + interval '5 hours', now(), $2)`,
    [organisationId, clinician.id],
  );
  const at = delivery.test.clock.now();
  const { episodeId } = await newSounding(delivery.database, patient.id, { severity: 'urgent', at });
  await after(16);
  expect((await told(episodeId)).at(-1)).toBe('notified on-call 1');
});

it('takes the next step at once where somebody asks for it', async () => {
  const { bearer, patientId } = await personWithFollower();
  const { episodeId } = await newSounding(delivery.database, patientId, { at: delivery.test.clock.now() });
  await delivery.database.query('UPDATE alert_episodes SET evidence = evidence || $2 WHERE id = $1', [
    episodeId,
    { settings: { enabled: true } },
  ]);
  await delivery.deliver();
  await delivery.test.http.post(`/api/v1/alerts/${episodeId}/escalate`).set('authorization', bearer).expect(200);
  await delivery.deliver();
  expect(await told(episodeId)).toEqual(['notified patient 1', 'notified followers 1']);
});

it('sends nothing to a channel that is not verified', async () => {
  const { id: userId, patientId } = await newPatientUser(delivery.database);
  await newChannel(delivery.database, userId, 'email', { address: 'x@example.org' }, { verified: false });
  const { episodeId } = await newSounding(delivery.database, patientId, { at: delivery.test.clock.now() });
  await delivery.deliver();
  expect(await timelineOf(delivery.database, episodeId)).toEqual([
    'notified patient 1',
    'delivery-attempt live delivered',
  ]);
});
