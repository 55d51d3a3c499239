import { seedClinic } from './support/clinic.js';
import { connect } from './support/database.js';
import { HttpClient } from './support/http-client.js';
import { latencies, quantile, setting } from './support/measure.js';

const PATIENTS = 20;
const DAYS = 92;
const RUNS = 200;

const BARE = `
  SELECT day, starts_at, samples FROM glucose_days
  WHERE patient_id = $1 AND day > current_date - $2::int ORDER BY day`;

/** A browser's session with the web: it holds a cookie, and the web holds the tokens. */
async function signIn(web: HttpClient, login: object): Promise<string> {
  const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
  const { status, cookies } = await web.send('POST', '/api/session', headers, JSON.stringify(login));
  if (status !== 204) throw new Error(`signing in answered ${status}`);
  return cookies.join('; ');
}

/** The data of a patient page, straight from the API and through the web that browsers talk to. */
export async function run(): Promise<object[]> {
  const api = new HttpClient(setting('API_URL'), 2);
  const web = new HttpClient(setting('WEB_URL'), 2);
  const dataSource = await connect(4);
  try {
    const { email, password, patientIds } = await seedClinic(dataSource, PATIENTS, DAYS);
    const login = { email, password };
    const { accessToken } = await api.json<{ accessToken: string }>('POST', '/api/v1/auth/login', null, login);
    const cookie = await signIn(web, login);
    let turn = 0;
    const next = (): string => patientIds[turn++ % patientIds.length] ?? '';
    const overview = (days: number): string => `/api/v1/patients/${next()}/overview?days=${days}`;
    const throughWeb = async (days: number) => {
      const { status } = await web.send('GET', overview(days), { cookie });
      if (status !== 200) throw new Error(`the web answered ${status}`);
    };

    const rows: object[] = [];
    for (const [days, wanted] of [
      [14, 'p95 ≤ 25 ms'],
      [90, 'p95 ≤ 40 ms'],
    ] as const) {
      const bare = await latencies(RUNS, () => dataSource.query(BARE, [next(), days]));
      const direct = await latencies(RUNS, () => api.json('GET', overview(days), accessToken));
      const proxied = await latencies(RUNS, () => throughWeb(days));
      for (const [what, times, limit] of [
        [`${days} days, bare SELECT`, bare, null],
        [`${days} days, overview from the API`, direct, null],
        [`${days} days, overview through the web`, proxied, wanted],
      ] as const) {
        const p = { p50Ms: quantile(times, 0.5), p95Ms: quantile(times, 0.95) };
        rows.push({ what, ...p, ...(limit ? { wanted: limit } : {}) });
      }
    }
    return rows;
  } finally {
    api.close();
    web.close();
    await dataSource.destroy();
  }
}
