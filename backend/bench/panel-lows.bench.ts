import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { SystemClock } from '../src/common/clock.js';
import { LOW_RISK_VERSION } from '../src/domain/patterns/risk/low-risk.js';
import type { RepeatedLooks } from '../src/modules/audit/repeated-looks.service.js';
import type { Actor } from '../src/modules/auth/actor.js';
import {
  LOW_RISK_COLUMNS,
  LOW_RISK_JOIN,
  PatientFactsRepository,
} from '../src/modules/glycemia/patient-facts.repository.js';
import { DaysRepository } from '../src/modules/readings/days.repository.js';
import { PatientIngestRepository } from '../src/modules/readings/patient-ingest.repository.js';
import { PeriodTotalsRepository } from '../src/modules/readings/period-totals.repository.js';
import { TriageService } from '../src/modules/triage/triage.service.js';
import { seedClinic } from './support/clinic.js';
import { connect } from './support/database.js';
import { quantile, secondsOf, setting } from './support/measure.js';

setting('DATABASE_URL');
const PATIENTS = Number(process.env['BENCH_PATIENTS'] ?? 1_000);
const DAYS = 16;
const RUNS = 150;

const HINTS = `
  INSERT INTO low_risk_hints (patient_id, window_to, computed_at, version, chance)
  SELECT id, now(), now(), $2, random() FROM unnest($1::uuid[]) AS patient (id)`;

/** What the chance of lows adds to a panel: the same service in this process with and without it, one after the other in turn. */
export async function run(): Promise<object[]> {
  const dataSource = await connect(4);
  try {
    const { email, patientIds } = await seedClinic(dataSource, PATIENTS, DAYS);
    await dataSource.query(HINTS, [patientIds, LOW_RISK_VERSION]);
    const [user] = await dataSource.query<{ id: string }[]>('SELECT id FROM users WHERE email = $1', [email]);
    const actor = { userId: user?.id, sessionId: randomUUID() } as Actor;
    const nobodyNotes = { record: async () => undefined } as unknown as RepeatedLooks;
    const panelWith = (facts: PatientFactsRepository) => {
      const triage = new TriageService(
        facts,
        new PeriodTotalsRepository(dataSource),
        new DaysRepository(dataSource, new PatientIngestRepository()),
        nobodyNotes,
        new SystemClock(),
      );
      return () => triage.panel(actor, { limit: 100, sort: 'urgency' }, 'bench');
    };
    const asBefore = (sql: string) => sql.replace(LOW_RISK_COLUMNS, ', NULL AS "riskFrom"').replace(LOW_RISK_JOIN, '');
    const before = { query: (sql: string, values: unknown[]) => dataSource.query(asBefore(sql), values) } as DataSource;
    const without = panelWith(new PatientFactsRepository(before));
    const complete = panelWith(new PatientFactsRepository(dataSource));
    const { items } = await complete();
    if (!items.some(({ lowRisk }) => 'chance' in lowRisk)) throw new Error('no chance of lows is told');
    const times = { without: [] as number[], with: [] as number[] };
    for (let turn = -10; turn < RUNS; turn++) {
      const [first, second] = [await secondsOf(without), await secondsOf(complete)];
      if (turn < 0) continue;
      times.without.push(1_000 * first);
      times.with.push(1_000 * second);
    }
    const row = (what: string, ms: readonly number[]) => ({
      what: `panel of ${PATIENTS} in one process, ${what}`,
      p50Ms: quantile(ms, 0.5),
      p95Ms: quantile(ms, 0.95),
    });
    return [
      row('without the chance of lows', times.without),
      { ...row('with it', times.with), ratioOfP50: quantile(times.with, 0.5) / quantile(times.without, 0.5) },
    ];
  } finally {
    await dataSource.destroy();
  }
}
