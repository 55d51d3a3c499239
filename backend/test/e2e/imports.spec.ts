import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MAX_UPLOAD_BYTES } from '../../src/modules/imports/upload.js';
import { newClinic, newGrant, newPatient } from '../factories/patients.js';
import { newMember, newUser } from '../factories/people.js';
import { createTestApp, type TestApp } from '../support/app.js';

jest.setTimeout(120_000);

const SAMPLES = join(__dirname, '../samples');
const folder = mkdtempSync(join(tmpdir(), 'glucolens-uploads-'));
let on: TestApp;
beforeAll(async () => {
  on = await createTestApp({ PROCESS_ROLE: 'all', DATA_DIR: folder });
});
afterAll(async () => {
  await on.close();
  rmSync(folder, { recursive: true });
});

const upload = (bearer: string, patientId: string) =>
  on.http.post(`/api/v1/patients/${patientId}/imports`).set('authorization', bearer);

const get = (bearer: string, path: string) => on.http.get(`/api/v1/${path}`).set('authorization', bearer);

/** Waits as a client would: by asking. */
async function settled(bearer: string, id: string) {
  for (let attempt = 0; attempt < 300; attempt++) {
    const { body } = await get(bearer, `imports/${id}`).expect(200);
    if (body.status !== 'queued' && body.status !== 'running') return body;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the import did not end');
}

describe('importing a file', () => {
  it('takes the file, works in the background and shows readings, report and list', async () => {
    const { clinician, patient } = await newClinic(on.dataSource, { timeZone: 'Europe/London' });
    const accepted = await upload(clinician.bearer, patient.id)
      .attach('file', join(SAMPLES, 'clarity-quoted-mgdl.csv'), 'Clarity_Export_Doe_Jane.csv')
      .expect(202);
    expect(accepted.body).toEqual({ id: expect.any(String) });

    const report = await settled(clinician.bearer, accepted.body.id);
    expect(report).toMatchObject({
      status: 'done',
      patientId: patient.id,
      format: 'dexcom-clarity',
      progress: 1,
      counts: { new: 6, known: 0, rejected: 5 },
    });
    expect(JSON.stringify(report)).not.toContain('Doe');
    const readings = await get(clinician.bearer, `patients/${patient.id}/readings`).expect(200);
    expect(
      readings.body.items.map((reading: { value: number; kind: string }) => [reading.value, reading.kind]),
    ).toEqual([
      [104, 'cgm'],
      [111, 'cgm'],
      [108, 'calibration'],
      [40, 'cgm'],
      [400, 'cgm'],
      [99, 'cgm'],
    ]);
    const list = await get(clinician.bearer, `patients/${patient.id}/imports`).expect(200);
    expect(list.body).toMatchObject({ items: [{ id: accepted.body.id, status: 'done' }], nextCursor: null });
    expect(readdirSync(join(folder, 'uploads'))).toEqual([]);
  });

  it('asks, takes the answer and goes on; a second answer is refused', async () => {
    const { clinician, patient } = await newClinic(on.dataSource);
    const { body } = await upload(clinician.bearer, patient.id)
      .attach('file', join(SAMPLES, 'libreview-one-day.csv'))
      .expect(202);
    const asked = await settled(clinician.bearer, body.id);
    expect(asked.status).toBe('needs-input');
    expect(asked.questions[0].samples[0]).toBe('05-12-2019 16:25');
    const answer = () =>
      on.http
        .post(`/api/v1/imports/${body.id}/answers`)
        .set('authorization', clinician.bearer)
        .send({ dateOrder: 'DMY' });
    await answer().expect(202);
    const done = await settled(clinician.bearer, body.id);
    expect(done).toMatchObject({ status: 'done', counts: { new: 3 }, firstMeasuredAt: '2019-12-05T16:25:00.000Z' });
    expect((await answer().expect(409)).body.code).toBe('CONFLICT');
  });

  it('takes zone and date order along with the file, in whatever order the parts come', async () => {
    const { clinician, patient } = await newClinic(on.dataSource);
    const { body } = await upload(clinician.bearer, patient.id)
      .attach('file', join(SAMPLES, 'libreview-one-day.csv'))
      .field('dateOrder', 'MDY')
      .field('timeZone', 'Asia/Tokyo')
      .expect(202);
    const report = await settled(clinician.bearer, body.id);
    expect(report).toMatchObject({
      status: 'done',
      firstMeasuredAt: '2019-05-12T07:25:00.000Z',
      timeZone: 'Asia/Tokyo',
    });
  });

  it('refuses what is no export', async () => {
    const { clinician, patient } = await newClinic(on.dataSource);
    const { body } = await upload(clinician.bearer, patient.id)
      .attach('file', Buffer.from('89504e470d0a1a0a', 'hex'), 'photo.png')
      .expect(202);
    expect(await settled(clinician.bearer, body.id)).toMatchObject({
      status: 'refused',
      refusal: { code: 'FILE_NOT_TEXT', message: expect.stringContaining('image') },
    });
  });

  it.each([
    ['no file', (r: ReturnType<typeof upload>) => r.field('timeZone', 'UTC'), 422],
    [
      'an unknown zone',
      (r: ReturnType<typeof upload>) => r.field('timeZone', 'Mars/Base').attach('file', Buffer.from('x'), 'x'),
      422,
    ],
    [
      'an unknown order',
      (r: ReturnType<typeof upload>) => r.field('dateOrder', 'YDM').attach('file', Buffer.from('x'), 'x'),
      422,
    ],
    [
      'two files',
      (r: ReturnType<typeof upload>) => r.attach('file', Buffer.from('x'), 'x').attach('file', Buffer.from('y'), 'y'),
      413,
    ],
    ['JSON', (r: ReturnType<typeof upload>) => r.send({ file: 'x' }), 415],
  ])('answers %s at once', async (_name, fill, status) => {
    const { clinician, patient } = await newClinic(on.dataSource);
    const { body } = await fill(upload(clinician.bearer, patient.id)).expect(status);
    expect(body.code).toEqual(expect.any(String));
    const list = await get(clinician.bearer, `patients/${patient.id}/imports`).expect(200);
    expect(list.body.items).toEqual([]);
  });

  it('refuses a file beyond the limit and keeps nothing of it', async () => {
    const { clinician, patient } = await newClinic(on.dataSource);
    const big = Buffer.alloc(MAX_UPLOAD_BYTES + 1, 'x');
    const { body } = await upload(clinician.bearer, patient.id).attach('file', big, 'big.csv').expect(413);
    expect(body.code).toBe('PAYLOAD_TOO_LARGE');
    expect(readdirSync(join(folder, 'uploads'))).toEqual([]);
  });

  it('hides imports from strangers, and shows them without the right to answer to those who may only read', async () => {
    const { clinician, patient } = await newClinic(on.dataSource);
    const { body } = await upload(clinician.bearer, patient.id)
      .attach('file', join(SAMPLES, 'libreview-one-day.csv'))
      .expect(202);
    await settled(clinician.bearer, body.id);
    const stranger = await newMember(on.dataSource, 'clinician');
    const reader = await newUser(on.dataSource);
    await newGrant(on.dataSource, patient.id, reader.id, { scope: 'read' });
    const answerAs = (bearer: string) =>
      on.http.post(`/api/v1/imports/${body.id}/answers`).set('authorization', bearer).send({ dateOrder: 'DMY' });

    await on.http.get(`/api/v1/imports/${body.id}`).expect(401);
    await get(stranger.bearer, `imports/${body.id}`).expect(404);
    await get(stranger.bearer, 'imports/nonsense').expect(404);
    await answerAs(stranger.bearer).expect(404);
    await upload(stranger.bearer, patient.id).attach('file', Buffer.from('x'), 'x').expect(404);
    await get(reader.bearer, `imports/${body.id}`).expect(200);
    await answerAs(reader.bearer).expect(403);
    await upload(reader.bearer, patient.id).attach('file', Buffer.from('x'), 'x').expect(403);
  });

  it('pages through the imports of a patient, ascending', async () => {
    const { clinician, organisationId } = await newClinic(on.dataSource);
    const patient = await newPatient(on.dataSource, { organisationId });
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) {
      const { body } = await upload(clinician.bearer, patient.id).attach('file', Buffer.from('x'), 'x').expect(202);
      ids.push(body.id);
    }
    const first = await get(clinician.bearer, `patients/${patient.id}/imports?limit=2`).expect(200);
    const cursor = encodeURIComponent(first.body.nextCursor);
    const second = await get(clinician.bearer, `patients/${patient.id}/imports?limit=2&cursor=${cursor}`).expect(200);
    const found = [...first.body.items, ...second.body.items].map((item: { id: string }) => item.id);
    expect(found).toEqual(ids);
    expect(second.body.nextCursor).toBeNull();
    for (const id of ids) await settled(clinician.bearer, id);
  });
});

describe('taking an import back', () => {
  const undo = (bearer: string, id: string) => on.http.post(`/api/v1/imports/${id}/undo`).set('authorization', bearer);
  const everything = async (bearer: string, patientId: string) => {
    const paths = ['readings', 'records/meals', 'records/insulin-doses', 'metrics'];
    const answers = await Promise.all(paths.map((path) => get(bearer, `patients/${patientId}/${path}`).expect(200)));
    const days = await on.dataSource.query<unknown[]>('SELECT * FROM glucose_days WHERE patient_id = $1 ORDER BY day', [
      patientId,
    ]);
    return { days, answers: answers.map(({ body }) => body) };
  };
  const imported = async (bearer: string, patientId: string, file: string) => {
    const { body } = await upload(bearer, patientId).attach('file', join(SAMPLES, file)).expect(202);
    return settled(bearer, body.id);
  };

  it('leaves the record as it was before, says so in the list, and lets the file come again', async () => {
    const { clinician, patient } = await newClinic(on.dataSource, { timeZone: 'Europe/Berlin' });
    await imported(clinician.bearer, patient.id, 'clarity-quoted-mgdl.csv');
    const before = await everything(clinician.bearer, patient.id);
    const report = await imported(clinician.bearer, patient.id, 'clarity-autumn-berlin.csv');
    expect(report.counts.new).toBeGreaterThan(20);
    const after = await everything(clinician.bearer, patient.id);
    expect(after.days.length).toBeGreaterThan(before.days.length);

    const undone = await undo(clinician.bearer, report.id).expect(200);
    expect(undone.body).toMatchObject({ status: 'done', undoneAt: expect.any(String), counts: report.counts });
    expect(await everything(clinician.bearer, patient.id)).toEqual(before);
    const again = await undo(clinician.bearer, report.id).expect(200);
    expect(again.body.undoneAt).toBe(undone.body.undoneAt);
    const list = await get(clinician.bearer, `patients/${patient.id}/imports`).expect(200);
    expect(list.body.items.map(({ undoneAt }: { undoneAt: string | null }) => undoneAt)).toEqual([
      null,
      undone.body.undoneAt,
    ]);

    const second = await imported(clinician.bearer, patient.id, 'clarity-autumn-berlin.csv');
    expect(second.counts).toEqual(report.counts);
    expect(await everything(clinician.bearer, patient.id)).toEqual(after);
  });

  it('leaves what was there before it, of the same device and instant', async () => {
    const { clinician, patient } = await newClinic(on.dataSource);
    await imported(clinician.bearer, patient.id, 'libreview-uk-mmol.csv');
    const before = await everything(clinician.bearer, patient.id);
    const same = await imported(clinician.bearer, patient.id, 'libreview-uk-mmol.csv');
    expect(same.counts.new).toBe(0);
    await undo(clinician.bearer, same.id).expect(200);
    expect(await everything(clinician.bearer, patient.id)).toEqual(before);
  });

  it('takes nothing that a later upload brought again: the later one goes first', async () => {
    const { clinician, patient } = await newClinic(on.dataSource);
    const before = await everything(clinician.bearer, patient.id);
    const first = await imported(clinician.bearer, patient.id, 'libreview-uk-mmol.csv');
    const after = await everything(clinician.bearer, patient.id);
    const later = await imported(clinician.bearer, patient.id, 'libreview-uk-mmol.csv');
    const { body } = await undo(clinician.bearer, first.id).expect(409);
    expect(body.detail).toContain('Take the later upload back first.');
    expect(await everything(clinician.bearer, patient.id)).toEqual(after);
    await undo(clinician.bearer, later.id).expect(200);
    await undo(clinician.bearer, first.id).expect(200);
    expect(await everything(clinician.bearer, patient.id)).toEqual(before);
  });

  it('is refused where an earlier version did not note whose its doses and meals are', async () => {
    const { clinician, patient } = await newClinic(on.dataSource);
    const report = await imported(clinician.bearer, patient.id, 'libreview-uk-mmol.csv');
    expect(report.records.new).toBeGreaterThan(0);
    await on.dataSource.query('UPDATE records SET created_at = $2 WHERE patient_id = $1', [
      patient.id,
      report.finishedAt,
    ]);
    const after = await everything(clinician.bearer, patient.id);
    await undo(clinician.bearer, report.id).expect(409);
    expect(await everything(clinician.bearer, patient.id)).toEqual(after);
  });

  it('is refused while the file waits for an answer', async () => {
    const { clinician, patient } = await newClinic(on.dataSource);
    const asked = await imported(clinician.bearer, patient.id, 'libreview-one-day.csv');
    const { body } = await undo(clinician.bearer, asked.id).expect(409);
    expect(body.detail).toBe('Only an import that has ended can be taken back.');
  });
});
