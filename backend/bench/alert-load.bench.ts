import { setTimeout as sleep } from 'node:timers/promises';
import { AlertLoad, CROSSING, QUEUE_HOME } from './support/alert-load.js';
import { Costs } from './support/costs.js';
import { connect } from './support/database.js';
import { HttpClient } from './support/http-client.js';
import { inParallel, setting } from './support/measure.js';

/** Sensors that report each minute: 12,000 of them send 200 readings a second. */
const MINUTE_MS = 60_000;
const PATIENTS = Number(process.env['BENCH_PATIENTS'] ?? 12_000);
const MINUTES = Number(process.env['BENCH_MINUTES'] ?? 10);
/** Of the demo clinic, whose people have three months of everything. */
const CLINICIAN = { email: 'clinician@demo.glucolens.dev', password: 'glucolens-demo' };
const ALGORITHMS = ['matrix-profile', 'pcmci', 'influences', 'rules', 'patterns', 'risk', 'forecast'];
/** Enough that one always waits for the one that is computed. */
const ASKED_AT_ONCE = 3;

interface Run {
  readonly status: string;
  readonly result: { readonly status: string } | null;
}

/** Asks for one analysis after the other of the demo clinic's people until told to stop; answers how each ended. */
async function analyse(http: HttpClient, until: AbortSignal): Promise<string[]> {
  const { accessToken } = await http.json<{ accessToken: string }>('POST', '/api/v1/auth/login', null, CLINICIAN);
  const { items } = await http.json<{ items: { id: string }[] }>('GET', '/api/v1/patients?limit=100', accessToken);
  const ended: string[] = [];
  const asked = Array.from({ length: 1_000 }).flatMap(() =>
    items.flatMap(({ id }) => ALGORITHMS.map((algorithm) => ({ patientId: id, algorithm }))),
  );
  await inParallel(ASKED_AT_ONCE, asked, async (body) => {
    if (until.aborted) return;
    const { id } = await http.json<{ id: string }>('POST', '/api/v1/ml/runs', accessToken, body);
    while (!until.aborted) {
      const { status, result } = await http.json<Run>('GET', `/api/v1/ml/runs/${id}`, accessToken);
      if (status !== 'queued' && status !== 'running') {
        ended.push(result?.status ?? status);
        return;
      }
      await sleep(500);
    }
  });
  return ended;
}

/** Minutes of readings, a tenth of which go low, while analyses run one after the other. */
export async function run(): Promise<object[]> {
  const http = new HttpClient(setting('API_URL'), 64);
  const analyst = new HttpClient(setting('API_URL'), ASKED_AT_ONCE);
  const dataSource = await connect(4);
  const stopping = new AbortController();
  try {
    const load = await AlertLoad.open(http, dataSource, PATIENTS, MINUTE_MS);
    const analyses = analyse(analyst, stopping.signal);
    const costs = await Costs.from(dataSource);
    // Each goes low once, and is well again a minute later.
    for (let minute = 0; minute < MINUTES; minute++) {
      await load.send((index) => index % CROSSING === minute % CROSSING, PATIENTS / 60);
    }
    await load.arrived();
    const costsEach = await costs.each(load.readings);
    stopping.abort();
    load.close();
    const ended = await analyses;
    return [
      ...load.rows(),
      {
        queue: QUEUE_HOME,
        what: 'analyses',
        count: ended.length,
        answered: ended.filter((status) => status === 'done').length,
      },
      { queue: QUEUE_HOME, what: 'cost of a reading, with the analyses', ...costsEach },
    ];
  } finally {
    http.close();
    analyst.close();
    await dataSource.destroy();
  }
}
