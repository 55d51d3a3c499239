import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mae, medianOf, rmse } from '../../src/domain/forecasting/scores.js';
import {
  type GlucoBenchSet,
  PROTOCOL_STEPS,
  protocolWindows,
} from '../../src/commands/evaluate-forecast/glucobench-set.js';
import { REFERENCE } from './reference.js';

const TESTS = [
  ['ID', 'test_id'],
  ['OD', 'test_od'],
] as const;

/** Values in the series are rounded to three decimals, so anything in mg/dL may differ by one of the last. */
const RELATIVE = 1e-6;
const ABSOLUTE = 1e-3;

/** What `expected-persistence.json` says of one set, seed and test part. */
type Expected = Readonly<Record<string, number>>;

/**
 * Whether the windows here are the benchmark's: number, sum and scores of the last-value forecast for every seed of a set.
 * @returns how many numbers were compared, and the ones that differ
 */
export function checkPersistence(set: GlucoBenchSet): { compared: number; differing: string[] } {
  const { persistence } = JSON.parse(readFileSync(join(REFERENCE, 'glucobench/expected-persistence.json'), 'utf8')) as {
    persistence: Record<string, Record<string, Record<'ID' | 'OD', Expected>>>;
  };
  const differing: string[] = [];
  let compared = 0;
  for (const [seed, expected] of Object.entries(persistence[set.name] ?? {})) {
    for (const [name, part] of TESTS) {
      const found = persistenceOf(set, protocolWindows(set, set.splits[seed]![part]));
      for (const [key, value] of Object.entries(expected[name])) {
        compared++;
        // Squares are compared by their roots, which are in mg/dL.
        const inMgdl = (number: number): number => (key.endsWith('_mse') ? Math.sqrt(number) : number);
        const distance = Math.abs(inMgdl(found[key] ?? Number.NaN) - inMgdl(value));
        if (!(distance <= Math.max(ABSOLUTE, RELATIVE * Math.abs(value)))) differing.push(`${seed} ${name} ${key}`);
      }
    }
  }
  return { compared, differing };
}

function persistenceOf(set: GlucoBenchSet, windows: ReturnType<typeof protocolWindows>): Record<string, number> {
  const ofWindows = windows.map(({ segment, at }) => {
    const { mgdl } = set.segments[segment]!;
    return [...mgdl.subarray(at, at + PROTOCOL_STEPS)].map((actual) => ({ median: mgdl[at - 1]!, actual }));
  });
  const squares = ofWindows.map((values) => rmse(values)! ** 2);
  const absolutes = ofWindows.map((values) => mae(values)!);
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const atStep = (step: number) => ofWindows.map((values) => values[step - 1]!);
  return {
    med_mse: medianOf(squares)!,
    med_mae: medianOf(absolutes)!,
    mean_mse: mean(squares),
    mean_mae: mean(absolutes),
    r30: rmse(atStep(6))!,
    r60: rmse(atStep(12))!,
    r30_mae: mae(atStep(6))!,
    r60_mae: mae(atStep(12))!,
    n_windows: windows.length,
    checksum_sum_Y: ofWindows.flat().reduce((sum, { actual }) => sum + actual, 0),
  };
}
