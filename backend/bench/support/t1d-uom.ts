import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GlucoseSeries } from '../../src/domain/glycemia/series.js';
import { FLAG_MMOL } from '../../src/domain/glycemia/units.js';
import { REFERENCE } from './reference.js';

/** A person of T1D-UOM (Alsuhaymi et al. 2025, CC BY 4.0). Instants are their wall clock taken for UTC. */
export interface UomPerson {
  readonly id: string;
  readonly series: GlucoseSeries;
}

/** More than a sensor of five minutes can report: two curves run through each other on such a day. */
const MOST_A_DAY = 300;

/**
 * The glucose of everybody in the folder. The file of 2304 also holds that of 2303, and on many days of 2301 two curves
 * run through each other: rows that another person has at the same minute are left out of the later file, and days with
 * more readings than one sensor makes altogether.
 */
export function readUomPeople(): UomPerson[] {
  const folder = join(REFERENCE, 'fixtures/t1d-uom');
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder)
    .filter((name) => /^UoMGlucose\d+\.csv$/.test(name))
    .sort();
  const seen = new Set<string>();
  return files.map((name) => {
    const lines = readFileSync(join(folder, name), 'utf8').split(/\r?\n/).slice(1);
    const own = new Map<number, number>();
    const rows = [...new Set(lines)].filter((line) => line !== '' && !seen.has(line));
    for (const line of rows) {
      seen.add(line);
      const [, day, month, year, hour, minute, value] =
        /^(\d\d)\/(\d\d)\/(\d{4}) (\d\d):(\d\d),([\d.]+)$/.exec(line) ?? [];
      if (value === undefined) continue;
      const instant = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute)) / 1000;
      if (!own.has(instant)) own.set(instant, Number(value));
    }
    return { id: name.slice('UoMGlucose'.length, -'.csv'.length), series: seriesOf(own) };
  });
}

function seriesOf(readings: ReadonlyMap<number, number>): GlucoseSeries {
  const dayOf = (instant: number): number => Math.floor(instant / 86_400);
  const perDay = new Map<number, number>();
  for (const instant of readings.keys()) perDay.set(dayOf(instant), (perDay.get(dayOf(instant)) ?? 0) + 1);
  const kept = [...readings].filter(([instant]) => perDay.get(dayOf(instant))! <= MOST_A_DAY).sort(([a], [b]) => a - b);
  return {
    instants: Float64Array.from(kept, ([instant]) => instant),
    tenths: Int16Array.from(kept, ([, mmol]) => Math.round(mmol * 10)),
    flags: new Uint8Array(kept.length).fill(FLAG_MMOL),
  };
}

/** Minutes after midnight on a wall clock that was taken for UTC. */
export const wallMinute = (instant: number): number => Math.floor((instant % 86_400) / 60);
