import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NotedIntake } from '../../src/domain/forecasting/on-board.js';
import { REFERENCE } from './reference.js';

/** The boluses and meals of a person of T1D-UOM, on the clock of their readings; `null` where neither file is there. */
export function readUomIntake(id: string): NotedIntake | null {
  const boluses = rowsOf('Bolus', id);
  const meals = rowsOf('Nutrition', id);
  if (boluses.length + meals.length === 0) return null;
  return {
    doses: boluses.flatMap(({ instant, columns }) => amount(columns[1], (units) => ({ instant, units }))),
    meals: meals.flatMap(({ instant, columns }) => amount(columns[3], (carbsGrams) => ({ instant, carbsGrams }))),
    activities: [],
  };
}

function amount<T>(text: string | undefined, of: (amount: number) => T): T[] {
  const value = Number(text);
  return value > 0 ? [of(value)] : [];
}

/** Names of meals may hold commas, but stand before nothing that is read wrongly then: such rows have no number there. */
function rowsOf(kind: 'Bolus' | 'Nutrition', id: string): { instant: number; columns: readonly string[] }[] {
  const file = join(REFERENCE, 'fixtures/t1d-uom', `UoM${kind}${id}.csv`);
  if (!existsSync(file)) return [];
  const rows = readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .flatMap((line) => {
      const [, day, month, year, hour, minute] = /^(\d\d?)\/(\d\d?)\/(\d{4}) (\d\d?):(\d\d)/.exec(line) ?? [];
      if (minute === undefined) return [];
      const instant = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute)) / 1000;
      return [{ instant, columns: line.split(',') }];
    });
  return rows.sort((a, b) => a.instant - b.instant);
}
