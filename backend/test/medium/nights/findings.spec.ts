import { ReadingsModule } from '../../../src/modules/readings/readings.module.js';
import { ReadingsService } from '../../../src/modules/readings/readings.service.js';
import { NightsModule } from '../../../src/modules/nights/nights.module.js';
import { NightsService } from '../../../src/modules/nights/nights.service.js';
import { parseIsoDay, startOfDay } from '../../../src/domain/time/zone.js';
import { newPatientUser } from '../../factories/patients.js';
import { createTestApp, type TestApp } from '../../support/app.js';
import { withOwnDatabase } from '../../support/own-database.js';
import { mgdl } from '../readings/setup.js';

const own = withOwnDatabase(() => undefined);
let test: TestApp;
beforeAll(async () => {
  test = await createTestApp({ DATABASE_URL: await own.open(), PROCESS_ROLE: 'worker', SEED_DEMO: 'false' });
});
afterAll(async () => {
  await test.close();
  await own.close();
});

const DAY_SECONDS = 86_400;
const FIRST = parseIsoDay('2026-06-01');

interface Person {
  readonly patientId: string;
  readonly bearer: string;
  readonly zone: string;
}

/** Days of a reading every ten minutes from the first of June on, low from three to half past on some mornings. */
async function measure({ patientId, zone }: Person, days: readonly number[], lows: readonly number[]): Promise<void> {
  const rows = days.flatMap((day) => {
    const midnight = startOfDay(zone, FIRST + day);
    return Array.from({ length: 144 }, (_, i) => {
      const minute = i * 10;
      const value = lows.includes(day) && minute >= 120 && minute < 210 ? Math.max(60, 120 - (minute - 120)) : 120;
      return mgdl(new Date((midnight + minute * 60) * 1000).toISOString(), value);
    });
  });
  test.clock.stopAt(new Date((startOfDay(zone, FIRST + Math.max(...days)) + DAY_SECONDS) * 1000));
  await test.app.select(ReadingsModule).get(ReadingsService).ingest(patientId, 'sensor', rows);
}

/** The work of the night after a day, four hours after midnight on the person's clock. */
async function nightAfter({ patientId, zone }: Person, day: number): Promise<void> {
  test.clock.stopAt(new Date((startOfDay(zone, FIRST + day + 1) + 4 * 3600) * 1000));
  await test.app.select(NightsModule).get(NightsService).close([patientId]);
}

/** As if the work of the last nights had been done and not written down. */
const again = ({ patientId }: Person) =>
  test.dataSource.query('UPDATE patient_nights SET closed_through = closed_through - 3 WHERE patient_id = $1', [
    patientId,
  ]);

async function findingsOf({ patientId, bearer }: Person) {
  const { body } = await test.http
    .get(`/api/v1/patients/${patientId}/alerts`)
    .query({ from: '2026-05-01T00:00:00Z', to: '2026-09-01T00:00:00Z' })
    .set('authorization', bearer)
    .expect(200);
  type Item = { rule: string; state: string; closedBy: string | null; evidence: { nights: object[] } };
  return (body.items as Item[]).filter(({ rule }) => rule === 'finding');
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

describe.each(['Europe/Berlin', 'Pacific/Auckland'])('in %s', (zone) => {
  it('opens a finding once for lows that recur at night, keeps it while it holds, and closes it when it is over', async () => {
    const person = { ...(await newPatientUser(test.dataSource, { timeZone: zone })), zone };
    await measure(person, range(0, 14), [5, 9]);
    await nightAfter(person, 13);
    expect(await findingsOf(person)).toEqual([]);

    await measure(person, [14], [14]);
    await nightAfter(person, 14);
    await again(person);
    await nightAfter(person, 14);
    const [finding, ...others] = await findingsOf(person);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'info',
      state: 'open',
      soundings: [],
      evidence: {
        finding: { kind: 'lows-by-clock', part: 'night' },
        coveredNights: 14,
        nights: [
          { day: '2026-06-06', minutes: 30, lowest: { value: 60, unit: 'mg/dL' } },
          { day: '2026-06-10' },
          { day: '2026-06-15' },
        ],
      },
    });
    expect(finding).toHaveProperty(
      'openedAt',
      new Date((startOfDay(zone, FIRST + 14) + 6 * 3600) * 1000).toISOString(),
    );

    // Two of fourteen nights keep it, one does not, and it does not come back by nights that were there before.
    await measure(person, range(15, 22), []);
    await nightAfter(person, 21);
    expect((await findingsOf(person)).map(({ state }) => state)).toEqual(['open']);
    await measure(person, range(22, 24), []);
    await nightAfter(person, 23);
    await again(person);
    await nightAfter(person, 23);
    expect((await findingsOf(person)).map(({ state, closedBy }) => [state, closedBy])).toEqual([
      ['closed', 'recovered'],
    ]);
    const timeline = await test.dataSource.query<{ kind: string }[]>(
      `SELECT t.kind FROM alert_events t JOIN alert_episodes e ON e.patient_id = t.patient_id AND e.id = t.episode_id
       WHERE t.patient_id = $1 AND e.rule = 'finding' ORDER BY t.id`,
      [person.patientId],
    );
    expect(timeline.map(({ kind }) => kind)).toEqual(['opened', 'closed']);
  });

  it('ends a finding where nights are no longer measured, and does not tell it again by the same nights', async () => {
    const person = { ...(await newPatientUser(test.dataSource, { timeZone: zone })), zone };
    await measure(person, range(0, 14), [8, 9, 13]);
    await nightAfter(person, 13);
    expect((await findingsOf(person)).map(({ state }) => state)).toEqual(['open']);
    await nightAfter(person, 19);
    expect((await findingsOf(person)).map(({ closedBy }) => closedBy)).toEqual(['data-ended']);
    await measure(person, range(16, 20), []);
    await nightAfter(person, 20);
    expect(await findingsOf(person)).toHaveLength(1);
  });
});
