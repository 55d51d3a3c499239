import { at, listed, readSample } from './samples.js';

describe('Dexcom Clarity exports', () => {
  it('reads sensor and calibration rows of a fully quoted file with a byte order mark, and nothing from alerts', async () => {
    const file = await readSample('clarity-quoted-mgdl.csv');
    expect(file.format).toBe('dexcom-clarity');
    expect(listed(file)).toEqual([
      '2024-02-05T08:00:00Z 104 mg/dL cgm',
      '2024-02-05T08:05:00Z 111 mg/dL cgm',
      '2024-02-05T08:07:30Z 108 mg/dL calibration',
      '2024-02-05T08:10:00Z low mg/dL cgm',
      '2024-02-05T08:15:00Z high mg/dL cgm',
      '2024-02-05T08:45:00Z 99 mg/dL cgm',
    ]);
    expect(Object.fromEntries(file.ignored)).toEqual({ person: 3, device: 1, alert: 3, exercise: 1 });
  });

  it('keeps "Low" and "High" as readings at the limits of the sensor', async () => {
    const mgdl = await readSample('clarity-quoted-mgdl.csv');
    expect(mgdl.readings.filter((reading) => reading.censored).map((reading) => reading.tenths)).toEqual([400, 4000]);
    const mmoll = await readSample('clarity-german-latin1.csv');
    expect(mmoll.readings.filter((reading) => reading.censored).map((reading) => reading.tenths)).toEqual([22, 222]);
  });

  it('names line, column, value and reason of every row it rejects', async () => {
    const { errors } = await readSample('clarity-quoted-mgdl.csv');
    const glucose = 'Glucose Value (mg/dL)';
    const time = 'Timestamp (YYYY-MM-DDThh:mm:ss)';
    expect(errors.map(({ line, column, value, code }) => ({ line, column, value, code }))).toEqual([
      { line: 18, column: glucose, value: '1o3', code: 'GLUCOSE_UNREADABLE' },
      { line: 19, column: time, value: '', code: 'TIME_MISSING' },
      { line: 20, column: time, value: '2024-02-30T08:30:00', code: 'TIME_UNREADABLE' },
      { line: 21, column: glucose, value: '', code: 'GLUCOSE_MISSING' },
      { line: 22, column: glucose, value: '4', code: 'GLUCOSE_OUT_OF_BOUNDS' },
    ]);
    expect(errors.every((error) => error.message.length > 10)).toBe(true);
  });

  it('reads insulin and carbohydrates as records', async () => {
    const { records } = await readSample('clarity-quoted-mgdl.csv');
    expect(
      records.map(({ instant, line: _line, amountCell: _cell, ...record }) => ({ at: at(instant), ...record })),
    ).toEqual([
      { at: '2024-02-05T08:16:00Z', kind: 'insulin-dose', action: 'rapid', units: 4.5 },
      { at: '2024-02-05T08:17:00Z', kind: 'insulin-dose', action: 'long', units: 12 },
      { at: '2024-02-05T08:18:00Z', kind: 'meal', carbsGrams: 35 },
    ]);
  });

  it('finds the columns behind a byte order mark that was encoded twice', async () => {
    expect(listed(await readSample('clarity-broken-bom.csv'))).toEqual([
      '2024-03-01T10:00:12Z 142 mg/dL cgm',
      '2024-03-01T10:05:12Z 139 mg/dL cgm',
    ]);
  });

  it('reads German headers and events in Latin-1 with semicolons and decimal commas', async () => {
    const file = await readSample('clarity-german-latin1.csv');
    expect(listed(file)).toEqual([
      '2024-06-02T00:00:00Z 5.8 mmol/L cgm',
      '2024-06-02T00:05:00Z low mmol/L cgm',
      '2024-06-02T00:10:00Z high mmol/L cgm',
      '2024-06-02T00:12:00Z 6.1 mmol/L calibration',
    ]);
    expect(file.records).toMatchObject([
      { kind: 'insulin-dose', action: 'long', units: 7.5 },
      { kind: 'meal', carbsGrams: 24 },
    ]);
    expect(file.errors).toEqual([]);
  });

  it('reads a tab-separated re-save whose dates a spreadsheet shortened', async () => {
    const file = await readSample('clarity-tab-resave.txt');
    expect(file.readings.map((reading) => at(reading.instant))).toEqual([
      '2018-11-09T23:50:00Z',
      '2018-11-09T23:55:00Z',
      '2018-11-10T00:00:00Z',
      '2018-11-10T00:05:00Z',
      '2018-11-11T00:00:00Z',
      '2018-11-12T00:05:00Z',
      '2018-11-13T09:05:00Z',
    ]);
  });

  it('tells the two passes of the autumn hour apart: five minutes between all readings of the night', async () => {
    const { readings } = await readSample('clarity-autumn-berlin.csv', { zone: 'Europe/Berlin' });
    const gaps = readings.slice(1).map((reading, index) => reading.instant - (readings[index]?.instant ?? 0));
    expect(readings).toHaveLength(28);
    expect(new Set(gaps)).toEqual(new Set([300]));
  });
});
