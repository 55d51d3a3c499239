import type { DataSource } from 'typeorm';
import { followedSince } from '../../../src/domain/forecasting/followed-shares.js';
import { wantedShares } from '../../../src/domain/forecasting/adaptive-conformal.js';
import { SHIPPED } from '../../../src/domain/forecasting/issued.js';
import { Random } from '../../../src/domain/simulator/random.js';
import { IssuingRepository } from '../../../src/modules/ml/forecasts/issuing.repository.js';
import { newPatient } from '../../factories/patients.js';
import { openTestDatabase } from '../../support/app.js';

let dataSource: DataSource;
beforeAll(async () => {
  dataSource = await openTestDatabase();
});
afterAll(() => dataSource.destroy());

const NOW = new Date('2026-07-01T12:00:00Z');
const HALF_HOUR = 1_800;

/** All that was issued since an instant, reduced to the first of each half hour by reading every row. */
async function firstOfEach(patientId: string, since: number) {
  const rows = await dataSource.query<{ basedOn: number; quantiles: number[] }[]>(
    `SELECT extract(epoch FROM based_on)::float8 AS "basedOn", quantiles FROM forecasts
     WHERE patient_id = $1 AND based_on >= to_timestamp($2) ORDER BY based_on`,
    [patientId, since],
  );
  const seen = new Set<number>();
  return rows.filter(({ basedOn }) => {
    const half = Math.floor(basedOn / HALF_HOUR);
    return !seen.has(half) && seen.add(half);
  });
}

async function issue(patientId: string, random: Random): Promise<void> {
  const ends = NOW.getTime() / 1000;
  const instants = new Set<number>();
  const [howMany, reach] = [Math.floor(500 * random.next()), random.uniform(1, 45) * 3_600];
  for (let n = 0; n < howMany; n++) {
    const at = ends - reach * random.next();
    // Some exactly where a half hour begins, some a microsecond before it, some of a sensor that wanders.
    const half = HALF_HOUR * Math.floor(at / HALF_HOUR);
    instants.add(random.chance(0.1) ? half : random.chance(0.1) ? half - 1e-6 : Math.round(at * 1e3) / 1e3);
  }
  await dataSource.query(
    `INSERT INTO forecasts (patient_id, based_on, issued_at, model, version, quantiles, low_within_30, low_within_60, medians)
     SELECT $1, timestamptz 'epoch' + make_interval(secs => at), $2, 'ridge', '1',
       array_fill((1000 + place % 500)::smallint, ARRAY[27]), 0, 0, '{1400,1400,1400}'
     FROM jsonb_array_elements_text($3) WITH ORDINALITY AS one (text, place), LATERAL (SELECT text::float8 AS at) AS instant
     ON CONFLICT DO NOTHING`,
    [patientId, NOW, JSON.stringify([...instants])],
  );
}

it('reads the first of each half hour, as reading everything would', async () => {
  const issuing = new IssuingRepository(dataSource);
  const random = Random.seeded(17, 3);
  const people: string[] = [];
  for (let person = 0; person < 40; person++) {
    const { id } = await newPatient(dataSource);
    await issue(id, random);
    people.push(id);
  }
  // One to whom nothing was issued.
  people.push((await newPatient(dataSource)).id);
  const ends = NOW.getTime() / 1000;
  const nights = people.map((_, i) => (i % 3 === 0 ? null : ends - 3_600 * random.uniform(0, 29)));
  const served = people.map((patientId, i) => {
    const until = nights[i]!;
    const followed = until === null ? null : { until, shares: wantedShares() };
    return { patientId, serving: { ...SHIPPED, followed } };
  });
  const found = await issuing.latelyIssued(served, NOW);
  let read = 0;
  for (const [i, patientId] of people.entries()) {
    const since = followedSince(served[i]!.serving.followed, ends);
    const expected = await firstOfEach(patientId, since);
    const own = (found.get(patientId) ?? []).map(({ basedOn, quantiles }) => ({ basedOn, quantiles }));
    expect(own).toEqual(expected);
    read += own.length;
  }
  // Enough of them for the rule to have been put to the test.
  expect(read).toBeGreaterThan(500);
});
