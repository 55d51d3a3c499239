import { Problem } from '../../../src/common/problem.js';
import type { NewReading } from '../../../src/modules/readings/reading.js';
import { openReadings } from './setup.js';

/** How many random sequences to run; fewer while working on something else. */
const SEQUENCES = Number(process.env['PROJECTION_SEQUENCES'] ?? 1_000);
const WRITERS = 4;
const OPERATIONS_EACH = 2;

const MINUTE = 60_000;
/** The clocks of Berlin go forward on the third day, those of Santiago back on the ninth. */
const START = Date.parse('2026-03-27T00:00:00Z');
const ZONES = ['UTC', 'Europe/Berlin', 'America/Santiago', 'Asia/Kolkata', 'Pacific/Kiritimati', 'Pacific/Honolulu'];
const SOURCES = ['a', 'b', 'c'];

let on: Awaited<ReturnType<typeof openReadings>>;
beforeAll(async () => {
  on = await openReadings({ now: '2026-06-01T00:00:00Z', connections: WRITERS });
});
afterAll(() => on.dataSource.destroy());

/** mulberry32: every sequence can be run again by its number. */
function dice(seed: number) {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    chance: (share: number) => next() < share,
    pick: <T>(list: readonly T[]) => list[below(list.length)] as T,
  };
}
type Dice = ReturnType<typeof dice>;

/** Readings of one sensor, mostly regular, with gaps, jitter, other kinds, other units and now and then a changed value. */
function sensorRun(roll: Dice, count: number): NewReading[] {
  const step = roll.pick([1, 5, 5, 5, 15]) * MINUTE;
  const mmol = roll.chance(0.2);
  let at = START + roll.below(12 * 24 * 60) * MINUTE;
  return Array.from({ length: count }, () => {
    at += roll.chance(0.05) ? roll.below(20) * step : step + (roll.chance(0.2) ? roll.below(9_000) - 4_500 : 0);
    const value = 400 + (((at / MINUTE) % 3_000) | 0) + (roll.chance(0.02) ? 10 : 0);
    return {
      at,
      tenths: mmol ? Math.round(value / 18) : value,
      unit: mmol ? 'mmol/L' : 'mg/dL',
      kind: roll.chance(0.03) ? 'fingerstick' : 'cgm',
      censored: roll.chance(0.03) ? 'low' : null,
    };
  });
}

type Operation = () => Promise<unknown>;

function operations(roll: Dice, patient: string): Operation[] {
  const sent: { source: string; rows: NewReading[] }[] = [];
  const send = (source: string, rows: NewReading[]) => on.readings.ingest(patient, source, rows);
  const batch = (): Operation => {
    const run = { source: roll.pick(SOURCES), rows: sensorRun(roll, 5 + roll.below(60)) };
    if (roll.chance(0.3)) run.rows.sort((x, y) => (x.at % 7) - (y.at % 7));
    sent.push(run);
    return () => send(run.source, run.rows);
  };
  const oneByOne = (): Operation => {
    const run = { source: roll.pick(SOURCES), rows: sensorRun(roll, 3 + roll.below(4)) };
    sent.push(run);
    return async () => {
      for (const row of run.rows) await send(run.source, [row]);
    };
  };
  const resend = (): Operation => {
    const run = roll.pick(sent);
    return run ? () => send(run.source, run.rows) : batch();
  };
  const move = (): Operation => {
    const validFrom = new Date(START + roll.below(12 * 24) * 60 * MINUTE).toISOString();
    const timeZone = roll.pick(ZONES);
    const back = roll.chance(0.3);
    return async () => {
      await on.zones.change(patient, { validFrom: roll.chance(0.2) ? null : validFrom, timeZone });
      if (back) await on.zones.remove(patient, validFrom);
    };
  };
  const prioritise = (): Operation => {
    const wanted = { sources: [{ id: 1 + roll.below(3), priority: roll.below(3) * 50 }] };
    return () => on.sources.prioritise(patient, wanted);
  };
  const kinds = [batch, batch, oneByOne, resend, move, prioritise];
  return Array.from({ length: OPERATIONS_EACH }, () => roll.pick(kinds)());
}

/** Naming a source or a move that is not there is an answer too. */
async function attempt(operation: Operation): Promise<void> {
  try {
    await operation();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
}

/** Every column of every day as PostgreSQL prints it. */
async function storedDays(patient: string): Promise<{ days: number; print: string }> {
  const [row] = await on.dataSource.query<{ days: number; print: string }[]>(
    `SELECT count(*)::int AS days, md5(string_agg(d::text, ' ' ORDER BY day)) AS print
     FROM glucose_days d WHERE patient_id = $1`,
    [patient],
  );
  return row ?? { days: 0, print: '' };
}

async function runSequence(seed: number): Promise<number> {
  const roll = dice(seed);
  const patient = await on.newPatient(roll.pick(ZONES));
  const writers = Array.from({ length: WRITERS }, () => operations(roll, patient));
  await Promise.all(
    writers.map(async (list) => {
      for (const operation of list) await attempt(operation);
    }),
  );
  const written = await storedDays(patient);
  const { daysChanged } = await on.rebuild.rebuildDays(patient);
  await on.dataSource.query('DELETE FROM glucose_days WHERE patient_id = $1', [patient]);
  await on.rebuild.rebuildDays(patient);
  expect({ seed, daysChanged, ...(await storedDays(patient)) }).toEqual({ seed, daysChanged: 0, ...written });
  return written.days;
}

it(`days written by ${WRITERS} writers at once equal a rebuild, byte by byte, after ${SEQUENCES} random sequences`, async () => {
  let days = 0;
  for (let seed = 1; seed <= SEQUENCES; seed++) days += await runSequence(seed);
  expect(days).toBeGreaterThan(SEQUENCES);
}, 600_000);
