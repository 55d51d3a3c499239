import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newClinic, newPatient } from '../factories/patients.js';
import { newMember, newToken, type NewUser } from '../factories/people.js';
import { createTestApp, type TestApp } from '../support/app.js';

const folder = mkdtempSync(join(tmpdir(), 'glucolens-uploads-'));
let on: TestApp;
beforeAll(async () => {
  // No worker: what was uploaded stays queued, and pages go on asking.
  on = await createTestApp({ PROCESS_ROLE: 'api', DATA_DIR: folder });
});
afterAll(async () => {
  await on.close();
  rmSync(folder, { recursive: true });
});
afterEach(() => on.clock.run());

const get = (bearer: string, path: string) => on.http.get(`/api/v1/${path}`).set('authorization', bearer);

async function upload({ bearer }: NewUser, patientId: string, text: string): Promise<string> {
  const { body } = await on.http
    .post(`/api/v1/patients/${patientId}/imports`)
    .set('authorization', bearer)
    .attach('file', Buffer.from(text), 'export.csv')
    .expect(202);
  return body.id;
}

/** Requests of one route that left a row, in order, as the patient reads them. */
async function rowsOf(patientId: string, action: string): Promise<{ by: string; request: string }[]> {
  const rows: { actor_user_id: string; request_id: string }[] = await on.dataSource.query(
    'SELECT actor_user_id, request_id FROM audit_events WHERE patient_ids @> ARRAY[$1::uuid] AND action = $2 ORDER BY id',
    [patientId, action],
  );
  return rows.map((row) => ({ by: row.actor_user_id, request: row.request_id }));
}

const REPORT = 'GET /imports/{importId}';

describe('a page that asks how far an import is', () => {
  it('leaves one row in five minutes, whoever asks how often', async () => {
    const { clinician, patient } = await newClinic(on.dataSource);
    const importId = await upload(clinician, patient.id, 'one');
    const poll = (request: string) =>
      get(clinician.bearer, `imports/${importId}`).set('x-request-id', request).expect(200);
    on.clock.stopAt(on.clock.now());
    for (const request of ['first-poll', 'second-poll', 'third-poll']) await poll(request);
    on.clock.advance(299_000);
    await poll('before-the-end');
    expect(await rowsOf(patient.id, REPORT)).toEqual([{ by: clinician.id, request: 'first-poll' }]);
    on.clock.advance(1_000);
    await poll('next-window');
    expect((await rowsOf(patient.id, REPORT)).map(({ request }) => request)).toEqual(['first-poll', 'next-window']);
  });

  it('loses no look: another person, sign-in or import, and the report once it has ended, each leave their own', async () => {
    const { clinician, patient, organisationId } = await newClinic(on.dataSource);
    const colleague = await newMember(on.dataSource, 'clinician', organisationId);
    const otherDevice = `Bearer ${await newToken(on.dataSource, clinician.id)}`;
    const [first, second] = [await upload(clinician, patient.id, 'one'), await upload(clinician, patient.id, 'two')];
    const looks: [string, string, string][] = [
      [clinician.bearer, first, 'the-look'],
      [colleague.bearer, first, 'a-colleague'],
      [otherDevice, first, 'another-device'],
      [clinician.bearer, second, 'another-import'],
    ];
    for (const [bearer, id, request] of [...looks, ...looks]) {
      await get(bearer, `imports/${id}`).set('x-request-id', request).expect(200);
    }
    await on.dataSource.query(`UPDATE imports SET status = 'done', finished_at = now() WHERE id = $1`, [first]);
    await get(clinician.bearer, `imports/${first}`).set('x-request-id', 'the-report').expect(200);
    expect((await rowsOf(patient.id, REPORT)).map(({ request }) => request)).toEqual([
      'the-look',
      'a-colleague',
      'another-device',
      'another-import',
      'the-report',
    ]);
  });
});

describe('the panel and the alerts, which refresh themselves', () => {
  it('leave one row for each patient shown, also for one who appears in between', async () => {
    const { clinician, patient, organisationId } = await newClinic(on.dataSource);
    const look = (request: string) => get(clinician.bearer, 'patients').set('x-request-id', request).expect(200);
    await look('first-look');
    await look('refresh');
    const newcomer = await newPatient(on.dataSource, { organisationId });
    await look('refresh-with-newcomer');
    expect((await rowsOf(patient.id, 'GET /patients')).map(({ request }) => request)).toEqual(['first-look']);
    expect((await rowsOf(newcomer.id, 'GET /patients')).map(({ request }) => request)).toEqual([
      'refresh-with-newcomer',
    ]);
  });

  it('leave another row for another question', async () => {
    const { clinician, patient } = await newClinic(on.dataSource);
    await get(clinician.bearer, 'patients').set('x-request-id', 'everybody').expect(200);
    await get(clinician.bearer, 'patients?limit=5').set('x-request-id', 'only-five').expect(200);
    expect((await rowsOf(patient.id, 'GET /patients')).map(({ request }) => request)).toEqual([
      'everybody',
      'only-five',
    ]);
  });

  it('leave a row for each look at one patient', async () => {
    const { clinician, patient } = await newClinic(on.dataSource);
    for (const request of ['one-look', 'another-look']) {
      await get(clinician.bearer, `patients/${patient.id}`).set('x-request-id', request).expect(200);
    }
    expect(await rowsOf(patient.id, 'GET /patients/{patientId}')).toHaveLength(2);
  });
});
