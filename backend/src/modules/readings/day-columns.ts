import type { GlucoseDay } from '../../domain/glycemia/day-projection.js';
import { isoDay } from '../../domain/time/zone.js';

interface DayColumn {
  readonly name: string;
  /** How the value is written in a JSON record set, and how that becomes the column's type. */
  readonly json: string;
  readonly sql: string;
  readonly value: (day: GlucoseDay) => string | number | null;
}

const plain = (name: string, type: string, value: DayColumn['value']): DayColumn => ({
  name,
  json: type,
  sql: name,
  value,
});
const integer = (name: string, value: DayColumn['value']) => plain(name, 'integer', value);
const tenths = (name: string, value: DayColumn['value']) => plain(name, 'smallint', value);
const sum = (name: string, value: DayColumn['value']) => plain(name, 'bigint', value);
const instant = (name: string, value: DayColumn['value']): DayColumn => ({
  name,
  json: 'float8',
  sql: `to_timestamp(${name})`,
  value,
});

/** Every column of `glucose_days` beside the patient: the one place that says how a day is stored. */
const DAY_COLUMNS: readonly DayColumn[] = [
  plain('day', 'date', (day) => isoDay(day.day)),
  instant('starts_at', (day) => day.startsAt),
  instant('ends_at', (day) => day.endsAt),
  instant('first_at', (day) => day.firstAt),
  instant('last_at', (day) => day.lastAt),
  integer('length_seconds', (day) => day.lengthSeconds),
  integer('covered_seconds', (day) => day.coveredSeconds),
  integer('count', (day) => day.count),
  integer('mgdl_count', (day) => day.mgdlCount),
  integer('mmol_count', (day) => day.mmolCount),
  integer('very_low', (day) => day.veryLow),
  integer('low', (day) => day.low),
  integer('in_range', (day) => day.inRange),
  integer('high', (day) => day.high),
  integer('very_high', (day) => day.veryHigh),
  integer('tight', (day) => day.tight),
  integer('below_63', (day) => day.below63),
  integer('above_140', (day) => day.above140),
  integer('regular_steps', (day) => day.regularSteps),
  sum('mgdl_sum_tenths', (day) => day.mgdlSumTenths),
  sum('mgdl_sum_sq_tenths', (day) => day.mgdlSumSqTenths),
  sum('mmol_sum_tenths', (day) => day.mmolSumTenths),
  sum('mmol_sum_sq_tenths', (day) => day.mmolSumSqTenths),
  tenths('interval_seconds', (day) => day.intervalSeconds),
  tenths('mgdl_min_tenths', (day) => day.mgdlMinTenths),
  tenths('mgdl_max_tenths', (day) => day.mgdlMaxTenths),
  tenths('mmol_min_tenths', (day) => day.mmolMinTenths),
  tenths('mmol_max_tenths', (day) => day.mmolMaxTenths),
  tenths('sole_source', (day) => day.soleSource),
  {
    name: 'samples',
    json: 'text',
    sql: `decode(samples, 'base64')`,
    value: (day) => Buffer.from(day.samples).toString('base64'),
  },
];

const list = (part: (column: DayColumn) => string): string => DAY_COLUMNS.map(part).join(', ');
const changing = DAY_COLUMNS.filter((column) => column.name !== 'day');
const tuple = (prefix: string): string => changing.map((column) => `${prefix}.${column.name}`).join(', ');

/** Writes days (`$2`, JSON) of patient `$1`; answers a row for each that was not stored like this already. */
export const UPSERT_DAYS = `
  INSERT INTO glucose_days AS stored (patient_id, ${list((column) => column.name)})
  SELECT $1, ${list((column) => column.sql)}
  FROM json_to_recordset($2) AS d (${list((column) => `${column.name} ${column.json}`)})
  ON CONFLICT (patient_id, day) DO UPDATE SET ${changing.map(({ name }) => `${name} = excluded.${name}`).join(', ')}
  WHERE (${tuple('stored')}) IS DISTINCT FROM (${tuple('excluded')})
  RETURNING day`;

/** Days as the record set that `UPSERT_DAYS` reads. */
export const dayRecords = (days: readonly GlucoseDay[]): string =>
  JSON.stringify(days.map((day) => Object.fromEntries(DAY_COLUMNS.map(({ name, value }) => [name, value(day)]))));
