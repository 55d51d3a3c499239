import type { NewReading } from '../../../src/modules/readings/reading.js';
import { mgdl, mmol, openReadings } from './setup.js';

const PATIENTS = 30;
const ROUNDS = 25;
const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York'];

let on: Awaited<ReturnType<typeof openReadings>>;
beforeAll(async () => {
  on = await openReadings({ connections: 8 });
});
afterAll(() => on.dataSource.destroy());

/** A reading each five minutes, over a midnight in one zone or another; some people's meters count in mmol/L. */
function readingOf(person: number, round: number): NewReading {
  const at = new Date(Date.parse('2026-06-01T21:00:00Z') + round * 300_000).toISOString();
  return person % 3 === 2 ? mmol(at, 4 + ((person + round) % 9)) : mgdl(at, 60 + ((person * 7 + round * 11) % 200));
}

const dayRows = (patientId: string): Promise<unknown[]> =>
  on.dataSource.query('SELECT * FROM glucose_days WHERE patient_id = $1 ORDER BY day', [patientId]);

it('takes in readings of many people at once as it would one after the other', async () => {
  const people = await Promise.all(
    Array.from({ length: PATIENTS }, (_, person) => on.newPatient(ZONES[person % ZONES.length])),
  );
  for (let round = 0; round < ROUNDS; round++) {
    const results = await Promise.all(
      people.map((patient, person) => on.readings.ingest(patient, 'phone', [readingOf(person, round)])),
    );
    for (const result of results) expect(result).toEqual({ accepted: 1, known: 0, rejected: [] });
  }
  for (const [person, patient] of people.entries()) {
    const rows = Array.from({ length: ROUNDS }, (_, round) => readingOf(person, round));
    const twin = await on.newPatient(ZONES[person % ZONES.length]);
    await on.readings.ingest(twin, 'phone', rows);
    const [a, b] = await Promise.all([dayRows(patient), dayRows(twin)]);
    expect(JSON.stringify(a)).toBe(JSON.stringify(b).replaceAll(twin, patient));
    expect(await on.rebuild.rebuildDays(patient)).toMatchObject({ daysChanged: 0 });
  }
});

it('keeps one who is worked on by others apart, and lets nobody else wait', async () => {
  const [held = '', ...others] = await Promise.all(Array.from({ length: 6 }, () => on.newPatient()));
  const send = (patient: string, round: number) => on.readings.ingest(patient, 'phone', [readingOf(0, round)]);
  for (const round of [0, 1]) await Promise.all([held, ...others].map((patient) => send(patient, round)));
  const holder = on.dataSource.createQueryRunner();
  await holder.startTransaction();
  await holder.query('SELECT FROM patient_ingest WHERE patient_id = $1 FOR UPDATE', [held]);
  let isStored = false;
  const waiting = send(held, 2).then(() => (isStored = true));
  await Promise.all(others.map((patient) => send(patient, 2)));
  expect(isStored).toBe(false);
  await holder.rollbackTransaction();
  await holder.release();
  await waiting;
  expect(await dayRows(held)).toMatchObject([{ count: 3 }]);
});

it('takes what one person sends at once as what it is: one after the other', async () => {
  const patient = await on.newPatient();
  const rounds = Array.from({ length: ROUNDS }, (_, round) => round);
  await on.readings.ingest(patient, 'phone', [readingOf(0, 0)]);
  const sent = [...rounds, ...rounds].map((round) => on.readings.ingest(patient, 'phone', [readingOf(0, round)]));
  const results = await Promise.all(sent);
  expect(results.filter(({ accepted }) => accepted === 1)).toHaveLength(ROUNDS - 1);
  expect(results.filter(({ known }) => known === 1)).toHaveLength(ROUNDS + 1);
  expect(await on.rebuild.rebuildDays(patient)).toMatchObject({ daysChanged: 0 });
});
