import { DateOrderEvidence, settleDateOrder } from '../../../src/domain/import/date-order.js';
import { parseDeviceTime, wallOf } from '../../../src/domain/import/device-time.js';

function decide(column: readonly string[], stamp: string | null = null) {
  const evidence = new DateOrderEvidence();
  for (const text of column) {
    const time = parseDeviceTime(text);
    if (time) evidence.see(time, text, 'one series');
  }
  return evidence.decide(stamp);
}

describe('the order of day and month', () => {
  it.each([
    ['a year in front', ['2024-05-06 10:00'], null, 'DMY', 'year-first'],
    [
      'a number above 12 in first place anywhere in the column',
      ['05-06-2024 10:00', '13-06-2024 10:00'],
      null,
      'DMY',
      'impossible-month',
    ],
    ['a number above 12 in second place', ['05/06/2024 10:00', '05/13/2024 10:00'], null, 'MDY', 'impossible-month'],
    ['the same number twice', ['06-06-2024 10:00', '06-06-2024 10:05'], null, 'DMY', 'indifferent'],
    ['a night crossed in minutes', ['05-06-2024 23:55', '06-06-2024 00:00'], null, 'DMY', 'continuity'],
    ['a night crossed in minutes, month first', ['05-06-2024 23:55', '05-07-2024 00:00'], null, 'MDY', 'continuity'],
    [
      'a night crossed backwards in a file that runs newest first',
      ['06-06-2024 00:00', '05-06-2024 23:55'],
      null,
      'DMY',
      'continuity',
    ],
    [
      'rows that run forward in one order only',
      ['10-11-2019 10:00', '02-12-2019 10:00', '03-12-2019 16:00', '11-12-2019 10:00'],
      null,
      'DMY',
      'sequence',
    ],
    ['an export stamp with a number above 12', ['05-06-2024 10:00'], '20-06-2024 22:34 UTC', 'DMY', 'export-stamp'],
    ['an export stamp of a clinic report', ['8/1/18 10:00'], '8/22/18', 'MDY', 'export-stamp'],
    ['an export stamp that precedes the rows in one order', ['05-12-2019 10:00'], '06-12-2019 08:00 UTC', null, null],
    ['an export stamp that would lie before the rows', ['01-12-2019 10:00'], '02-01-2020 08:00 UTC', null, null],
    [
      'an export stamp that would lie months before the rows',
      ['01-09-2019 10:00'],
      '05-02-2019 08:00 UTC',
      'MDY',
      'export-stamp',
    ],
  ])('%s', (_name, column, stamp, order, reason) => {
    const decision = decide(column, stamp);
    expect(decision).toMatchObject(reason ? { status: 'decided', order, reason } : { status: 'ambiguous' });
  });

  it('asks about a single day, showing at most five of its dates', () => {
    const column = Array.from({ length: 20 }, (_, index) => `05-12-2019 16:${10 + index}`);
    expect(decide(column)).toMatchObject({ status: 'ambiguous', samples: column.slice(0, 5) });
  });

  it('asks about single readings on days far apart', () => {
    expect(decide(['01-02-2024 10:00', '03-04-2024 10:00']).status).toBe('ambiguous');
  });

  it('refuses a column in which a spreadsheet has turned some of the dates around', () => {
    expect(decide(['13-05-2024 10:00', '05-14-2024 10:00', '15-05-2024 10:00']).status).toBe('mixed');
  });

  it('forgives a rare typing error', () => {
    const column = Array.from({ length: 300 }, (_, index) => `${13 + (index % 10)}-05-2024 10:00`);
    expect(decide([...column, '05-14-2024 10:00'])).toMatchObject({ status: 'decided', order: 'DMY' });
  });

  it('follows the uploader where the file only suggests an order', () => {
    const suggested = decide(['05-06-2024 23:55', '06-06-2024 00:00']);
    expect(settleDateOrder(suggested, 'MDY')).toBe('MDY');
    expect(settleDateOrder(suggested, null)).toBe('DMY');
    expect(settleDateOrder(decide(['13-06-2024 10:00']), 'MDY')).toBe('DMY');
  });
});

describe('device timestamps', () => {
  const read = (text: string, order: 'DMY' | 'MDY' = 'DMY') => {
    const time = parseDeviceTime(text);
    const wall = time ? wallOf(time, order) : Number.NaN;
    return Number.isNaN(wall) ? null : new Date(wall * 1000).toISOString().slice(0, 19);
  };

  it.each([
    ['2018-11-01T00:02:05', '2018-11-01T00:02:05'],
    ['2018-11-01 0:02:05', '2018-11-01T00:02:05'],
    ['1961-04-12 00:56:47', '1961-04-12T00:56:47'],
    ['2024/03/31 08:05', '2024-03-31T08:05:00'],
    ['31.12.2020 16:25', '2020-12-31T16:25:00'],
    ['31-12-2020 12:25 AM', '2020-12-31T00:25:00'],
    ['31-12-2020 12:25 p.m.', '2020-12-31T12:25:00'],
    ['1/2/61 1:00', '1961-02-01T01:00:00'],
    ['1/2/49 1:00', '2049-02-01T01:00:00'],
    ['29-02-2023 10:00', null],
    ['2024-13-01 10:00', null],
    ['2024-01-01 25:00', null],
    ['2024-01-01 13:00 PM', null],
    ['yesterday', null],
    ['', null],
  ])('reads %s as %s', (text, expected) => expect(read(text)).toBe(expected));
});
