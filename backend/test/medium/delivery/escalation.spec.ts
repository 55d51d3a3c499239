import { newClinic, newGrant, newPatientUser } from '../../factories/patients.js';
import { newUser } from '../../factories/people.js';
import { startReceiver } from '../../support/hostile-receiver.js';
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

it('goes on at once from a step that names nobody, and says so', async () => {
  const { organisationId, clinician, patient } = await newClinic(delivery.database);
  await delivery.database.query(
    `INSERT INTO on_call_shifts (organisation_id, user_id, starts_at, ends_at, created_at, created_by)
     VALUES ($1, $2, now() - interval '1 hour', now() + interval '5 hours', now(), $2)`,
    [organisationId, clinician.id],
  );
  const at = delivery.test.clock.now();
  const { episodeId } = await newSounding(delivery.database, patient.id, { severity: 'urgent', at });
  await delivery.deliver();
  expect(await timelineOf(delivery.database, episodeId)).toEqual([
    'notified patient 0',
    'nobody-to-tell patient nobody',
    'notified followers 0',
    'nobody-to-tell followers nobody',
    'notified on-call 1',
  ]);
});

/** Nine seconds, in which a page that is open would have been told. */
const wait = async () => {
  for (const seconds of [0, 3, 6]) {
    delivery.test.clock.advance(seconds * 1_000);
    await delivery.deliver();
  }
};

it('goes on at once where nothing reached anybody: no page open, and a channel that is gone', async () => {
  const receiver = await startReceiver([410]);
  const { id: userId, patientId } = await personWithFollower();
  await newChannel(delivery.database, userId, 'webhook', { url: receiver.url });
  const { episodeId } = await newSounding(delivery.database, patientId, { at: delivery.test.clock.now() });
  await wait();
  await receiver.close();
  const timeline = await timelineOf(delivery.database, episodeId);
  expect(timeline.slice(1, 5).sort()).toEqual([
    'delivery-attempt live no-page',
    'delivery-attempt webhook gone',
    'nobody-to-tell patient not-delivered',
    'notified followers 1',
  ]);
});

it('waits for the answer of somebody whose page was sent the alert, and of somebody whose device has it', async () => {
  const receiver = await startReceiver();
  const [one, other] = [await personWithFollower(), await personWithFollower()];
  await newChannel(delivery.database, other.id, 'webhook', { url: receiver.url });
  const at = delivery.test.clock.now();
  const shown = await newSounding(delivery.database, one.patientId, { at });
  const sent = await newSounding(delivery.database, other.patientId, { at });
  await delivery.database.query(
    `INSERT INTO alert_shown (patient_id, episode_id, user_id, severity, at) VALUES ($1, $2, $3, 'warning', now())`,
    [one.patientId, shown.episodeId, one.id],
  );
  await wait();
  await receiver.close();
  expect(await timelineOf(delivery.database, shown.episodeId)).toEqual([
    'notified patient 1',
    'delivery-attempt live delivered',
  ]);
  expect(await told(sent.episodeId)).toEqual(['notified patient 1']);
});

/** Somebody asks for the next step of an alert. */
async function escalate(bearer: string, episodeId: string): Promise<void> {
  await delivery.database.query('UPDATE alert_episodes SET evidence = evidence || $2 WHERE id = $1', [
    episodeId,
    { settings: { enabled: true } },
  ]);
  await delivery.test.http.post(`/api/v1/alerts/${episodeId}/escalate`).set('authorization', bearer).expect(200);
  await delivery.deliver();
}

it('takes the next step at once where somebody asks for it', async () => {
  const { bearer, patientId } = await personWithFollower();
  const { episodeId } = await newSounding(delivery.database, patientId, { at: delivery.test.clock.now() });
  await delivery.deliver();
  await escalate(bearer, episodeId);
  expect(await told(episodeId)).toEqual(['notified patient 1', 'notified followers 1']);
});

it('goes on where somebody asks for the next step and all whom it names have snoozed the alert', async () => {
  const { organisationId, clinician } = await newClinic(delivery.database);
  const { patientId, follower } = await personWithFollower();
  await delivery.database.query('UPDATE patients SET organisation_id = $2 WHERE id = $1', [patientId, organisationId]);
  await delivery.database.query(
    `INSERT INTO alert_snoozes (patient_id, user_id, rule, severity, from_at, until_at)
     VALUES ($1, $2, 'low', 'warning', now() - interval '1 minute', now() + interval '2 hours')`,
    [patientId, follower.id],
  );
  await delivery.database.query(
    `INSERT INTO on_call_shifts (organisation_id, user_id, starts_at, ends_at, created_at, created_by)
     VALUES ($1, $2, now() - interval '1 hour', now() + interval '5 hours', now(), $2)`,
    [organisationId, clinician.id],
  );
  const { episodeId } = await newSounding(delivery.database, patientId, { at: delivery.test.clock.now() });
  await delivery.deliver();
  await escalate(clinician.bearer, episodeId);
  expect(await told(episodeId)).toEqual(['notified patient 1', 'notified followers 0', 'notified on-call 1']);
});

it('tells of the other alerts where one cannot be followed, and of that one as soon as it can', async () => {
  const [broken, other] = [await personWithFollower(), await personWithFollower()];
  await delivery.database.query(
    `INSERT INTO escalation_chains (patient_id, steps, changed_at, changed_by) VALUES ($1, $2, now(), $3)`,
    [broken.patientId, JSON.stringify([{ afterMinutes: 0, to: 'neighbours', least: 'info' }]), broken.id],
  );
  const at = delivery.test.clock.now();
  const held = await newSounding(delivery.database, broken.patientId, { at: new Date(at.getTime() - 1_000) });
  const behind = await newSounding(delivery.database, other.patientId, { at });
  await delivery.deliver();
  expect(await told(behind.episodeId)).toEqual(['notified patient 1']);
  await delivery.database.query(
    `UPDATE alert_plans SET chain = jsonb_set(chain, '{0,to}', '"patient"')
    WHERE patient_id = $1`,
    [broken.patientId],
  );
  await after(0.25);
  expect(await told(held.episodeId)).toEqual(['notified patient 1']);
});

it('takes no hour for quiet where it does not know the zone of a channel', async () => {
  const receiver = await startReceiver();
  const { id: userId, patientId } = await newPatientUser(delivery.database);
  const always = [
    { fromMinute: 0, toMinute: 719, least: 'urgent' },
    { fromMinute: 720, toMinute: 1439, least: 'urgent' },
  ];
  await newChannel(
    delivery.database,
    userId,
    'webhook',
    { url: receiver.url },
    { quietHours: always, timeZone: 'Mars/Olympus', content: 'full' },
  );
  await newSounding(delivery.database, patientId, { at: delivery.test.clock.now() });
  await delivery.deliver();
  await receiver.close();
  expect(receiver.accepted).toHaveLength(1);
  expect(receiver.accepted[0]?.body).toContain('UTC');
});

it('sends nothing to a channel that is not verified', async () => {
  const { id: userId, patientId } = await newPatientUser(delivery.database);
  await newChannel(delivery.database, userId, 'email', { address: 'x@example.org' }, { verified: false });
  const { episodeId } = await newSounding(delivery.database, patientId, { at: delivery.test.clock.now() });
  await wait();
  expect((await timelineOf(delivery.database, episodeId)).slice(0, 2)).toEqual([
    'notified patient 1',
    'delivery-attempt live no-page',
  ]);
});
