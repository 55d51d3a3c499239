import { benjaminiHochberg } from '../statistics/false-discovery.js';
import { fisherInterval, pearson } from '../statistics/pearson.js';
import { correlationP } from '../statistics/student-t.js';

/** How two series go together when the second is looked at `lag` steps after the first. */
export interface LaggedCorrelation {
  readonly lag: number;
  /** Pearson's, -1..1; 0 where either does not change. */
  readonly correlation: number;
  /** 95 % interval after Fisher, on the effective samples; null below four of them. */
  readonly interval: { readonly low: number; readonly high: number } | null;
  readonly p: number;
  /** After Benjamini and Hochberg over the lags asked for. */
  readonly adjustedP: number;
  /** Steps that hold both. */
  readonly samples: number;
  /** What they are worth: fewer where both lean on their own past. */
  readonly effectiveSamples: number;
}

/** Autocorrelations are added up to this share of the series. */
const SUMMED_SHARE = 1 / 5;

/**
 * Correlations at lags 0..maxLag, NaN passed over pair by pair. Two series that each lean on their own past look alike by
 * chance far more often than the usual test says, so it counts effective samples: 1/N* = 1/N + 2/N Σ (1 - j/N) r(j) s(j) with
 * the autocorrelations of both up to N/5 (Bartlett 1946; Pyper and Peterman 1998, 10.1139/f98-104, eq. 1), at most N.
 */
export function correlateAtLags(first: Float64Array, second: Float64Array, maxLag: number): LaggedCorrelation[] {
  const inflation = 1 + 2 * sharedMemory(first, second);
  const found = Array.from({ length: maxLag + 1 }, (_, lag) => {
    const { correlation, samples } = pairwise(first, second, lag);
    const effectiveSamples = Math.min(samples, samples / Math.max(inflation, Number.EPSILON));
    const p = correlationP(correlation, effectiveSamples - 2);
    return { lag, correlation, samples, effectiveSamples, p: Number.isNaN(p) ? 1 : p };
  });
  const adjusted = benjaminiHochberg(found.map(({ p }) => p));
  return found.map((row, index) => ({
    ...row,
    interval: fisherInterval(row.correlation, row.effectiveSamples),
    adjustedP: adjusted[index] ?? 1,
  }));
}

/** Σ (1 - j/N) r(j) s(j): what both series remember of themselves. */
function sharedMemory(first: Float64Array, second: Float64Array): number {
  const count = first.length;
  let sum = 0;
  for (let lag = 1; lag <= Math.floor(count * SUMMED_SHARE); lag++) {
    const own = pairwise(first, first, lag).correlation;
    sum += (1 - lag / count) * own * pairwise(second, second, lag).correlation;
  }
  return Math.max(0, sum);
}

const pairwise = (first: Float64Array, second: Float64Array, lag: number) =>
  pearson(first.subarray(0, Math.max(0, second.length - lag)), second.subarray(lag));
