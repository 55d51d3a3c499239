import { instantsOfWallClock } from '../time/zone.js';
import type { GlucoseSeries } from './series.js';

/** A line of the plain format that could not be read. */
export interface PlainRowError {
  readonly line: number;
  readonly column: string;
  readonly value: string;
  readonly code: 'BAD_VALUE' | 'BAD_TIME' | 'BAD_HEADER' | 'OUT_OF_RANGE';
  readonly message: string;
}

/** A line of the plain format: seconds since the epoch, mg/dL, NaN for a value given as `NA` or left empty. */
export interface PlainRow {
  readonly line: number;
  readonly id: string;
  readonly instant: number;
  readonly mgdl: number;
}

/**
 * Reads `id,time,gl[,epoch]`: mg/dL, `time` a wall clock in `zone` (of an hour lived twice the first pass), `epoch` in
 * seconds, which wins over `time`. Columns are found by name; a field may be quoted.
 */
export function readPlainRows(csvText: string, zone: string): { rows: PlainRow[]; errors: PlainRowError[] } {
  const lines = csvText.replace(/^\uFEFF/, '').split(/\r?\n/);
  const header = fieldsOf(lines[0] ?? '').map((name) => name.toLowerCase());
  const column = {
    id: header.indexOf('id'),
    time: header.indexOf('time'),
    gl: header.indexOf('gl'),
    epoch: header.indexOf('epoch'),
  };
  if (column.id < 0 || column.gl < 0 || (column.time < 0 && column.epoch < 0)) {
    return {
      rows: [],
      errors: [rowError(1, 'header', lines[0] ?? '', 'BAD_HEADER', 'expected the columns id,time,gl[,epoch]')],
    };
  }
  const rows: PlainRow[] = [];
  const errors: PlainRowError[] = [];
  for (let index = 1; index < lines.length; index++) {
    if (!lines[index]?.trim()) continue;
    const line = index + 1;
    const fields = fieldsOf(lines[index] ?? '');
    const field = (at: number): string => fields[at] ?? '';
    const mgdl = numberOf(field(column.gl));
    if (mgdl === null) {
      errors.push(rowError(line, 'gl', field(column.gl), 'BAD_VALUE', 'not a number'));
      continue;
    }
    const instant = instantOf(field(column.epoch), field(column.time), zone);
    if (instant === null) {
      errors.push(rowError(line, 'time', field(column.time), 'BAD_TIME', `no such clock time in ${zone}`));
      continue;
    }
    rows.push({ line, id: field(column.id), instant, mgdl });
  }
  return { rows, errors };
}

const rowError = (line: number, column: string, value: string, code: PlainRowError['code'], message: string) => ({
  line,
  column,
  value,
  code,
  message,
});

function fieldsOf(line: string): string[] {
  if (!line.includes('"')) return line.split(',').map((field) => field.trim());
  const fields = line.match(/("([^"]|"")*"|[^,]*)(,|$)/g) ?? [];
  return fields.map((field) =>
    field
      .replace(/,$/, '')
      .trim()
      .replace(/^"(.*)"$/s, '$1')
      .replaceAll('""', '"'),
  );
}

const isMissing = (text: string): boolean => text === '' || text === 'NA' || text === 'NaN';

function numberOf(text: string): number | null {
  if (isMissing(text)) return Number.NaN;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

const WALL_CLOCK = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?)?(?:\.0+)?(Z?)$/;

function instantOf(epoch: string, time: string, zone: string): number | null {
  if (!isMissing(epoch)) return numberOf(epoch);
  const match = WALL_CLOCK.exec(time);
  if (!match) return null;
  const [, year, month, day, hour = '0', minute = '0', second = '0', utc] = match;
  const parts = [year, month, day, hour, minute, second].map(Number);
  const wall = Date.UTC(parts[0] ?? 0, (parts[1] ?? 0) - 1, ...parts.slice(2)) / 1000;
  const isReal = new Date(wall * 1000).getUTCDate() === parts[2] && (parts[3] ?? 0) < 24 && (parts[4] ?? 0) < 60;
  if (!isReal) return null;
  return utc === 'Z' ? wall : (instantsOfWallClock(zone, wall)[0] ?? null);
}

/** One person's series in the plain format. */
export interface PlainSeries {
  readonly id: string;
  readonly series: GlucoseSeries;
  /** Values with more than one decimal, which were rounded to whole tenths. */
  readonly rounded: number;
  /** Rows left out because an earlier one had the same instant. */
  readonly repeated: number;
  /** Rows whose value is missing. */
  readonly missing: number;
}

const LOWEST_MGDL = 1;
const HIGHEST_MGDL = 1000;

/** Reads the plain format into one series for each id, in the order of first mention. */
export function parsePlainSeries(csvText: string, zone: string): { series: PlainSeries[]; errors: PlainRowError[] } {
  const { rows, errors } = readPlainRows(csvText, zone);
  const byId = new Map<string, PlainRow[]>();
  for (const row of rows) {
    const own = byId.get(row.id);
    if (own) own.push(row);
    else byId.set(row.id, [row]);
  }
  const series = [...byId].map(([id, own]) => plainSeries(id, own, errors));
  return { series, errors: errors.sort((a, b) => a.line - b.line) };
}

function plainSeries(id: string, rows: readonly PlainRow[], errors: PlainRowError[]): PlainSeries {
  const present = rows.filter((row) => !Number.isNaN(row.mgdl));
  const isPossible = ({ mgdl }: PlainRow): boolean => mgdl >= LOWEST_MGDL && mgdl <= HIGHEST_MGDL;
  const possible = present.filter(isPossible);
  for (const row of present) {
    if (isPossible(row)) continue;
    errors.push(rowError(row.line, 'gl', String(row.mgdl), 'OUT_OF_RANGE', 'expected 1 to 1000 mg/dL'));
  }
  const ordered = possible.toSorted((a, b) => a.instant - b.instant);
  const kept = ordered.filter((row, i) => i === 0 || row.instant !== ordered[i - 1]?.instant);
  return {
    id,
    series: {
      instants: Float64Array.from(kept, (row) => row.instant),
      tenths: Int16Array.from(kept, (row) => Math.round(row.mgdl * 10)),
      flags: new Uint8Array(kept.length),
    },
    rounded: kept.filter((row) => Math.abs(row.mgdl * 10 - Math.round(row.mgdl * 10)) > 1e-9).length,
    repeated: ordered.length - kept.length,
    missing: rows.length - present.length,
  };
}
