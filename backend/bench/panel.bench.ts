import { seedClinic } from './support/clinic.js';
import { connect } from './support/database.js';
import { HttpClient } from './support/http-client.js';
import { latencies, quantile, secondsOf, setting } from './support/measure.js';

const PATIENTS = 1_000;
const DAYS = 36;
const RUNS = 100;

/** What the panel is made of, and nothing else: one scan of fourteen days of everybody. */
const BARE = `
  SELECT patient_id, sum(count), sum(in_range), sum(low), sum(very_low), sum(high), sum(very_high),
    sum(mgdl_sum_tenths), sum(covered_seconds)
  FROM glucose_days WHERE patient_id = ANY ($1) AND day > current_date - 14 GROUP BY patient_id`;

/** What every write of readings does to the patient: the panel has to add everybody's days up anew. */
const WRITTEN = 'UPDATE patient_ingest SET patient_id = patient_id WHERE patient_id = ANY ($1)';

/** The patients of a clinician, most urgent first, with ten million readings stored. */
export async function run(): Promise<object[]> {
  const http = new HttpClient(setting('API_URL'), 2);
  const dataSource = await connect(4);
  try {
    let clinic: Awaited<ReturnType<typeof seedClinic>> | undefined;
    const seconds = await secondsOf(async () => (clinic = await seedClinic(dataSource, PATIENTS, DAYS)));
    if (!clinic) throw new Error('nothing was seeded');
    const { email, password, patientIds, readings } = clinic;
    const login = { email, password };
    const { accessToken } = await http.json<{ accessToken: string }>('POST', '/api/v1/auth/login', null, login);
    const panel = (query: string) => http.json<{ items: unknown[] }>('GET', `/api/v1/patients${query}`, accessToken);
    const { items } = await panel(`?limit=${PATIENTS}`);
    if (items.length !== PATIENTS) throw new Error(`the panel has ${items.length} patients`);

    const bare = await latencies(RUNS, () => dataSource.query(BARE, [patientIds]));
    const page = await latencies(RUNS, () => panel(''));
    const afterWrites = (share: number) =>
      latencies(RUNS, () => panel(''), {
        before: () => dataSource.query(WRITTEN, [patientIds.slice(0, share * PATIENTS)]),
      });
    const fifth = await afterWrites(0.2);
    const everybody = await afterWrites(1);
    const whole = await latencies(RUNS, () => panel(`?limit=${PATIENTS}`));
    const row = (what: string, times: readonly number[]) => ({
      what,
      p50Ms: quantile(times, 0.5),
      p95Ms: quantile(times, 0.95),
    });
    return [
      { what: 'readings stored', readings, secondsToSeed: seconds },
      row('bare SELECT of the sums', bare),
      { ...row(`panel of ${PATIENTS}, first page`, page), wanted: 'p95 ≤ 100 ms' },
      { ...row(`panel of ${PATIENTS}, first page, a fifth of them with new readings`, fifth), wanted: 'p95 ≤ 100 ms' },
      { ...row(`panel of ${PATIENTS}, first page, all of them with new readings`, everybody), wanted: 'p95 ≤ 100 ms' },
      row(`panel of ${PATIENTS}, all in one answer`, whole),
    ];
  } finally {
    http.close();
    await dataSource.destroy();
  }
}
