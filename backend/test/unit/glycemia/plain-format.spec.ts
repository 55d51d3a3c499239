import { parsePlainSeries } from '../../../src/domain/glycemia/plain-format.js';

const only = (text: string, zone = 'UTC') => parsePlainSeries(text, zone).series[0];

it('reads a wall clock in its zone', () => {
  expect([...(only('id,time,gl\nA,2024-07-01 12:00:00,100\n', 'America/New_York')?.series.instants ?? [])]).toEqual([
    Date.parse('2024-07-01T16:00:00Z') / 1000,
  ]);
});

it('lets the epoch win over the wall clock', () => {
  expect(only('id,time,gl,epoch\nA,2024-07-01 12:00:00,100,1705276800')?.series.instants[0]).toBe(1_705_276_800);
});

it('sorts, keeps the first of one instant and counts what it left out or rounded', () => {
  const text =
    'id,time,gl\nA,2024-01-01 00:10,120.26\nA,2024-01-01 00:00,NA\nA,2024-01-01 00:05,90\nA,2024-01-01 00:10,99\n';
  const plain = only(text);
  expect(plain).toMatchObject({ id: 'A', rounded: 1, repeated: 1, missing: 1 });
  expect([...(plain?.series.tenths ?? [])]).toEqual([900, 1203]);
});

it('keeps people apart in the order of first mention', () => {
  const { series } = parsePlainSeries('id,time,gl\nB,2024-01-01 00:00,90\n"A, x",2024-01-01 00:00,91\n', 'UTC');
  expect(series.map((one) => one.id)).toEqual(['B', 'A, x']);
});

it.each([
  { line: 'A,2024-01-01 00:00,high', column: 'gl', code: 'BAD_VALUE' },
  { line: 'A,yesterday,100', column: 'time', code: 'BAD_TIME' },
  { line: 'A,2024-02-30 00:00,100', column: 'time', code: 'BAD_TIME' },
  { line: 'A,2024-03-31 02:30,100', column: 'time', code: 'BAD_TIME' },
  { line: 'A,2024-01-01 00:00,5000', column: 'gl', code: 'OUT_OF_RANGE' },
])('names the line, column and reason of $line', ({ line, column, code }) => {
  const { errors, series } = parsePlainSeries(`id,time,gl\nA,2024-01-01 01:00,100\n${line}\n`, 'Europe/Berlin');
  expect(errors).toMatchObject([{ line: 3, column, code }]);
  expect(series[0]?.series.instants).toHaveLength(1);
});

it('takes the first pass of an hour that is lived twice', () => {
  const plain = only('id,time,gl\nA,2024-10-27 02:30,100', 'Europe/Berlin');
  expect(plain?.series.instants[0]).toBe(Date.parse('2024-10-27T00:30:00Z') / 1000);
});

it('refuses a file without its columns', () => {
  expect(parsePlainSeries('time;value', 'UTC').errors).toMatchObject([{ line: 1, code: 'BAD_HEADER' }]);
});
