import { join } from 'node:path';
import { ImportRunner } from '../../../src/modules/imports/import-runner.js';
import { CLARITY_HEADER, clarityExport, openImports, SAMPLES } from './setup.js';

jest.setTimeout(60_000);

let on: Awaited<ReturnType<typeof openImports>>;
beforeAll(async () => {
  on = await openImports();
});
afterAll(() => on.close());

describe('an import', () => {
  it('stores readings, reports what it did and keeps no copy of the file', async () => {
    const patient = await on.newPatient();
    const report = await on.importFile(patient, join(SAMPLES, 'clarity-quoted-mgdl.csv'));
    expect(report).toMatchObject({
      status: 'done',
      format: 'dexcom-clarity',
      label: 'Dexcom Clarity',
      progress: 1,
      counts: { new: 6, known: 0, rejected: 5 },
      firstMeasuredAt: '2024-02-05T08:00:00.000Z',
      lastMeasuredAt: '2024-02-05T08:45:00.000Z',
      refusal: null,
      questions: [],
    });
    expect(report.errors[0]).toEqual({
      line: 18,
      column: 'Glucose Value (mg/dL)',
      value: '1o3',
      code: 'GLUCOSE_UNREADABLE',
      message: expect.any(String),
    });
    expect(await on.stored(patient)).toEqual([
      '2024-02-05T08:00:00 1040 0 Dexcom Clarity, phone A',
      '2024-02-05T08:05:00 1110 0 Dexcom Clarity, phone A',
      '2024-02-05T08:07:30 1080 16 Dexcom Clarity, phone A, meter',
      '2024-02-05T08:10:00 400 2 Dexcom Clarity, phone A',
      '2024-02-05T08:15:00 4000 4 Dexcom Clarity, phone A',
      '2024-02-05T08:45:00 990 0 Dexcom Clarity, phone A',
    ]);
    expect(await on.bytesKept(report.id)).toBe(0);
  });

  it('stores insulin and meals as records, once, and points at amounts that cannot be', async () => {
    const patient = await on.newPatient();
    const path = join(SAMPLES, 'clarity-quoted-mgdl.csv');
    expect((await on.importFile(patient, path)).records).toEqual({ new: 3, known: 0 });
    expect((await on.importFile(patient, path)).records).toEqual({ new: 0, known: 3 });
    const doses = await on.records.page(patient, 'insulin-doses', { limit: 10 });
    expect(doses.items).toMatchObject([
      { startsAt: '2024-02-05T08:16:00.000Z', insulinType: 'bolus', doseUnits: 4.5, source: 'dexcom-clarity' },
      { startsAt: '2024-02-05T08:17:00.000Z', insulinType: 'basal', doseUnits: 12, source: 'dexcom-clarity' },
    ]);
    const meals = await on.records.page(patient, 'meals', { limit: 10 });
    expect(meals.items).toMatchObject([{ startsAt: '2024-02-05T08:18:00.000Z', carbsGrams: 35 }]);

    const header = `${CLARITY_HEADER},Insulin Value (u)`;
    const absurd = on.writeFile(`${header}\n1,2025-01-01T00:00:00,Insulin,Fast-Acting,phone A,,900\n`);
    const report = await on.importFile(patient, absurd);
    expect(report.errors).toMatchObject([
      { line: 2, column: 'Insulin Value (u)', value: '900', code: 'AMOUNT_OUT_OF_RANGE' },
    ]);
    expect(report).toMatchObject({ records: { new: 0, known: 0 }, counts: { new: 0, known: 0, rejected: 1 } });
  });

  it('knows every reading of a file that is uploaded again', async () => {
    const patient = await on.newPatient();
    const path = on.writeFile(clarityExport(12_345));
    expect((await on.importFile(patient, path)).counts).toEqual({ new: 12_345, known: 0, rejected: 0 });
    expect((await on.importFile(patient, path)).counts).toEqual({ new: 0, known: 12_345, rejected: 0 });
    const longer = on.writeFile(clarityExport(12_400));
    expect((await on.importFile(patient, longer)).counts).toEqual({ new: 55, known: 12_345, rejected: 0 });
  });

  it("reads wall clocks in the patient's zones unless the uploader names one", async () => {
    const path = join(SAMPLES, 'clarity-broken-bom.csv');
    const inBerlin = await on.importFile(await on.newPatient('Europe/Berlin'), path);
    expect(inBerlin.firstMeasuredAt).toBe('2024-03-01T09:00:12.000Z');
    const named = await on.importFile(await on.newPatient('Europe/Berlin'), path, { timeZone: 'America/New_York' });
    expect(named).toMatchObject({ firstMeasuredAt: '2024-03-01T15:00:12.000Z', timeZone: 'America/New_York' });
  });

  it('asks for the order of day and month, keeps the file meanwhile and goes on with the answer', async () => {
    const patient = await on.newPatient();
    const asked = await on.importFile(patient, join(SAMPLES, 'libreview-one-day.csv'));
    expect(asked).toMatchObject({ status: 'needs-input', counts: { new: 0, known: 0, rejected: 0 }, finishedAt: null });
    expect(asked.questions).toEqual([
      { code: 'date-order', samples: ['05-12-2019 16:25', '05-12-2019 16:40', '05-12-2019 16:55'] },
    ]);
    expect(await on.bytesKept(asked.id)).toBe(1);
    await on.runner.run(asked.id);
    expect((await on.report(asked.id)).status).toBe('needs-input');

    const key = { id: asked.id, patientId: patient };
    expect(await on.imports.answer(key, { dateOrder: 'DMY', timeZone: null })).toBe(2);
    expect(await on.imports.answer(key, { dateOrder: 'MDY', timeZone: null })).toBeNull();
    await on.runner.run(asked.id);
    const done = await on.report(asked.id);
    expect(done).toMatchObject({ status: 'done', questions: [], counts: { new: 3 }, dateOrder: 'DMY' });
    expect(done.firstMeasuredAt).toBe('2019-12-05T16:25:00.000Z');
    expect(await on.bytesKept(asked.id)).toBe(0);
  });

  it('does not ask where the uploader said it beforehand', async () => {
    const path = join(SAMPLES, 'libreview-one-day.csv');
    const report = await on.importFile(await on.newPatient(), path, { dateOrder: 'MDY' });
    expect(report).toMatchObject({ status: 'done', firstMeasuredAt: '2019-05-12T16:25:00.000Z' });
  });

  it('refuses a file that is no glucose export and says why', async () => {
    const patient = await on.newPatient();
    const report = await on.importFile(patient, on.writeFile('<!doctype html><p>Sign in</p>'));
    expect(report).toMatchObject({ status: 'refused', format: null, refusal: { code: 'FILE_IS_HTML' } });
    expect(report.errors).toEqual([{ line: 1, column: '', value: '', ...report.refusal }]);
    expect(await on.bytesKept(report.id)).toBe(0);
    expect(await on.stored(patient)).toEqual([]);
  });

  it('shows the first thousand row errors and counts all of them', async () => {
    const broken = Array.from({ length: 1_500 }, (_, row) => `${row},2025-03-01T00:00:00,EGV,,phone A,?`);
    const report = await on.importFile(await on.newPatient(), on.writeFile(clarityExport(10, broken)));
    expect(report.counts).toEqual({ new: 10, known: 0, rejected: 1_500 });
    expect(report.errors).toHaveLength(1_000);
    expect(report.errors.at(-1)).toMatchObject({ line: 1_011, value: '?' });
  });

  it('points at the cell where storing found fault: readings ahead of time, contradictions', async () => {
    const rows = ['1,2026-06-15T12:30:00,EGV,,phone A,100', '2,2025-01-01T00:05:00,EGV,,phone A,250'];
    const report = await on.importFile(await on.newPatient(), on.writeFile(clarityExport(3, rows)));
    expect(report.counts).toEqual({ new: 3, known: 0, rejected: 2 });
    expect(report.errors).toMatchObject([
      { line: 5, column: 'Timestamp (YYYY-MM-DDThh:mm:ss)', value: '2026-06-15T12:30:00', code: 'AHEAD_OF_TIME' },
      { line: 6, column: 'Glucose Value (mg/dL)', value: '250', code: 'CONFLICT' },
    ]);
  });

  it('takes a file with characters that a database does not store, and devices without number', async () => {
    const patient = await on.newPatient();
    const odd = `1,2025-02-01T00:00:00,EGV,,pho\0ne,${'x'.repeat(79)}\u{1F600}`;
    const devices = Array.from({ length: 150 }, (_, row) => {
      const time = new Date(Date.UTC(2025, 1, 2) + row * 300_000).toISOString().slice(0, 19);
      return `${row},${time},EGV,,${'d'.repeat(39)}\u{1F600}${row},100`;
    });
    const report = await on.importFile(patient, on.writeFile(clarityExport(100, [odd, ...devices])));
    expect(report.counts).toEqual({ new: 250, known: 0, rejected: 1 });
    expect(report.errors[0]?.value).toBe('x'.repeat(79));
    const sources = new Set((await on.stored(patient)).map((row) => row.split(' ').slice(3).join(' ')));
    expect(sources.size).toBeLessThan(30);
  });

  it('keeps the readings of two devices for the same minute', async () => {
    const patient = await on.newPatient();
    const rows = ['1,2025-01-01T00:00:00,EGV,,phone A,100', '2,2025-01-01T00:00:00,EGV,,receiver B,104', ''];
    const report = await on.importFile(patient, on.writeFile([CLARITY_HEADER, ...rows].join('\n')));
    expect(report.counts).toEqual({ new: 2, known: 0, rejected: 0 });
    expect(await on.stored(patient)).toHaveLength(2);
  });

  it('loses and doubles nothing when its worker dies between two batches, and still reports what it brought', async () => {
    const patient = await on.newPatient();
    const id = await on.store(patient, on.writeFile(clarityExport(17_000)));
    let batches = 0;
    const dying = new Proxy(on.readings, {
      get(target, name, receiver) {
        if (name === 'ingest' && ++batches === 3) throw new Error('killed');
        return Reflect.get(target, name, receiver);
      },
    });
    await expect(
      new ImportRunner(on.clock, on.imports, on.parts, dying, on.days, on.records, on.news, on.metrics).run(id),
    ).rejects.toThrow('killed');
    expect(await on.report(id)).toMatchObject({ status: 'running', counts: { new: 10_000 } });
    await on.runner.run(id);
    expect(await on.report(id)).toMatchObject({ status: 'done', counts: { new: 17_000, known: 0, rejected: 0 } });
    expect(new Set(await on.stored(patient)).size).toBe(17_000);
  });

  it('comes to one result when two workers run it at once', async () => {
    const patient = await on.newPatient();
    const id = await on.store(patient, on.writeFile(clarityExport(12_000)));
    await Promise.all([on.runner.run(id), on.runner.run(id)]);
    expect(await on.report(id)).toMatchObject({ status: 'done', counts: { new: 12_000, known: 0, rejected: 0 } });
    expect(await on.stored(patient)).toHaveLength(12_000);
  });

  it('tells the uploader when no attempt is left', async () => {
    const id = await on.store(await on.newPatient(), on.writeFile(clarityExport(1)));
    await on.runner.giveUp(id);
    expect(await on.report(id)).toMatchObject({ status: 'refused', refusal: { code: 'IMPORT_FAILED' } });
    await on.runner.run(id);
    expect((await on.report(id)).status).toBe('refused');
  });
});
