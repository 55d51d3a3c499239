import { join } from 'node:path';
import { readVendorFile } from '../../../src/modules/imports/vendor-file.js';
import { at, listed, readSample, SAMPLES } from './samples.js';

describe('LibreView exports', () => {
  it('reads the historic trace and strips, and leaves scans, ketones and notes counted', async () => {
    const file = await readSample('libreview-uk-mmol.csv');
    expect(file.format).toBe('libreview');
    expect(listed(file)).toEqual([
      '2021-10-03T08:00:00Z 6.3 mmol/L cgm',
      '2021-10-03T08:15:00Z 2.2 mmol/L cgm',
      '2021-10-03T08:30:00Z low mmol/L cgm',
      '2021-10-03T08:45:00Z high mmol/L cgm',
      '2021-10-13T08:45:00Z 7 mmol/L cgm',
      '2021-10-03T08:07:00Z 5.9 mmol/L fingerstick',
    ]);
    expect(Object.fromEntries(file.ignored)).toEqual({ scan: 1, ketone: 1, note: 2 });
    expect(file.errors).toMatchObject([{ line: 7, column: 'Historic Glucose mmol/L', code: 'GLUCOSE_MISSING' }]);
    expect(file.readings.map((reading) => reading.device)).toEqual(['S1', 'S1', 'S1', 'S1', 'S2', 'S1']);
  });

  it('reads insulin and carbohydrates as records', async () => {
    const { records } = await readSample('libreview-uk-mmol.csv');
    expect(records).toMatchObject([
      { kind: 'insulin-dose', action: 'rapid', units: 3 },
      { kind: 'meal', carbsGrams: 42 },
      { kind: 'insulin-dose', action: 'long', units: 14 },
    ]);
  });

  it.each([
    ['libreview-german.csv', ['2021-02-02T12:00:00Z 120 mg/dL cgm', '2021-02-02T12:15:00Z 124 mg/dL cgm']],
    [
      'libreview-french.csv',
      [
        '2023-06-05T12:00:00Z 120 mg/dL cgm',
        '2023-06-05T12:15:00Z 124 mg/dL cgm',
        '2023-06-05T12:40:00Z 131 mg/dL fingerstick',
      ],
    ],
  ])('reads the localised headers of %s', async (name, expected) => {
    const file = await readSample(name);
    expect(listed(file)).toEqual(expected);
    expect(file.records).toHaveLength(1);
    expect(file.ignored.get('scan')).toBe(1);
  });

  it('reads the clinic report of 2018, where type 1 means historic and years have two digits', async () => {
    const file = await readSample('libreview-clinic-2018.csv');
    expect(listed(file)).toEqual([
      '2018-08-01T12:00:00Z 117 mg/dL cgm',
      '2018-08-01T12:15:00Z 127 mg/dL cgm',
      '2018-08-01T12:30:00Z 125 mg/dL cgm',
      '2018-08-01T13:00:00Z 99 mg/dL cgm',
    ]);
  });

  it('reads American dates with twelve-hour clocks', async () => {
    const file = await readSample('libreview-us-ampm.csv');
    expect(file.readings.map((reading) => at(reading.instant))).toEqual([
      '2022-05-04T23:45:00Z',
      '2022-05-05T00:00:00Z',
      '2022-05-05T12:15:00Z',
      '2022-05-05T13:15:00Z',
    ]);
  });

  it('asks which number is the day where nothing in the file tells, and reads on with the answer', async () => {
    const path = join(SAMPLES, 'libreview-one-day.csv');
    expect(await readVendorFile(path, { zone: 'UTC' })).toEqual({
      status: 'needs-date-order',
      format: 'libreview',
      samples: ['05-12-2019 16:25', '05-12-2019 16:40', '05-12-2019 16:55'],
    });
    const answered = await readSample('libreview-one-day.csv', { dateOrder: 'DMY' });
    expect(at(answered.readings[0]?.instant ?? 0)).toBe('2019-12-05T16:25:00Z');
    const otherwise = await readSample('libreview-one-day.csv', { dateOrder: 'MDY' });
    expect(at(otherwise.readings[0]?.instant ?? 0)).toBe('2019-05-12T16:25:00Z');
  });

  it('does not let an answer overrule dates that allow one order only', async () => {
    const file = await readSample('libreview-uk-mmol.csv', { dateOrder: 'MDY' });
    expect(at(file.readings[0]?.instant ?? 0)).toBe('2021-10-03T08:00:00Z');
    expect(file.errors).toHaveLength(1);
  });
});
