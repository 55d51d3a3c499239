import { Random } from '../simulator/random.js';
import { correlationP, tCritical } from '../statistics/student-t.js';
import { lagOf, type LaggedVariable, type LagSpace, variableOf } from './lagged-variables.js';
import { type Observations, stepsOf } from './observations.js';
import { PartialCorrelation } from './partial-correlation.js';

/** How much the outcome differs per unit of the exposure, all conditions equal; in units of the outcome. */
export interface LinkEffect {
  readonly slope: number;
  /** 95 % interval of the slope by the t distribution. */
  readonly low: number;
  readonly high: number;
  readonly correlation: number;
  readonly p: number;
  readonly samples: number;
  /** SD of the outcome on these steps, from one to the next, nothing taken out of it but its mean. */
  readonly outcomeSd: number;
  readonly stability: Stability;
}

/** What became of the link when blocks of time were drawn anew with replacement. */
export interface Stability {
  readonly resamples: number;
  /** Shares of the resamples, 0..1: with a slope of the same sign; with one that is also significant at 0.05. */
  readonly sameSign: number;
  readonly reappears: number;
}

export interface ResamplingOptions {
  /** Neighbouring steps that stay together, long enough to hold what a day leaves to the next. */
  readonly blockSteps: number;
  readonly resamples: number;
  readonly seed: number;
  /** Called with the part of the resamples that has been drawn, above 0 up to 1. */
  readonly onProgress?: ((part: number) => void) | undefined;
}

/**
 * Slope of y on x given conditions by least squares, on the steps that hold all of them, and how it fares in circular block
 * resamples (Politis and Romano 1992): a drawn step brings its own past along, so lags stay true. Null where nothing can be
 * estimated. The same seed gives the same numbers.
 */
export function linkEffect(
  data: Observations,
  space: LagSpace,
  x: LaggedVariable,
  y: LaggedVariable,
  conditions: readonly LaggedVariable[],
  { blockSteps, resamples, seed, onProgress }: ResamplingOptions,
): LinkEffect | null {
  const model = new LinkModel(data, space, [...conditions, x, y]);
  const whole = model.estimate(Int32Array.from({ length: model.samples }, (_, index) => index));
  if (!whole) return null;
  const random = Random.seeded(seed, x, y);
  let sameSign = 0;
  let reappears = 0;
  for (let run = 0; run < resamples; run++) {
    const drawn = model.estimate(blocks(model.samples, blockSteps, random));
    onProgress?.((run + 1) / resamples);
    if (!drawn || Math.sign(drawn.slope) !== Math.sign(whole.slope)) continue;
    sameSign++;
    if (drawn.p <= 0.05) reappears++;
  }
  const margin = tCritical(0.05, whole.degreesOfFreedom) * whole.standardError;
  return {
    slope: whole.slope,
    low: whole.slope - margin,
    high: whole.slope + margin,
    correlation: whole.correlation,
    p: whole.p,
    samples: model.samples,
    outcomeSd: whole.outcomeSd,
    stability: { resamples, sameSign: sameSign / resamples, reappears: reappears / resamples },
  };
}

function blocks(count: number, blockSteps: number, random: Random): Int32Array {
  const picks = new Int32Array(count);
  for (let at = 0; at < count; at += blockSteps) {
    const start = Math.floor(random.next() * count);
    for (let k = 0; k < blockSteps && at + k < count; k++) picks[at + k] = (start + k) % count;
  }
  return picks;
}

/** The rows that hold every variable of one link, ready to be estimated on any choice of them. */
class LinkModel {
  readonly samples: number;
  private readonly columns: Float64Array[];
  private readonly partial = new PartialCorrelation();

  constructor(data: Observations, space: LagSpace, nodes: readonly LaggedVariable[]) {
    const lookups = nodes.map((node) => ({ values: data.columns[variableOf(space, node)]!, lag: lagOf(space, node) }));
    const steps: number[] = [];
    for (let t = 2 * space.maxLag; t < stepsOf(data); t++) {
      if (lookups.every(({ values, lag }) => !Number.isNaN(values[t - lag]))) steps.push(t);
    }
    this.samples = steps.length;
    this.columns = lookups.map(({ values, lag }) => Float64Array.from(steps, (t) => values[t - lag]!));
  }

  estimate(picks: Int32Array) {
    const size = this.columns.length;
    const count = picks.length;
    const degreesOfFreedom = count - size;
    if (degreesOfFreedom < 1) return null;
    const drawn = this.columns.map((column) => centred(column, picks));
    const lengths = drawn.map((column) => Math.sqrt(dot(column, column)));
    const correlations = new Float64Array(size * size);
    for (let row = 0; row < size; row++) {
      for (let column = 0; column <= row; column++) {
        const scale = lengths[row]! * lengths[column]!;
        const value = scale > 0 ? dot(drawn[row]!, drawn[column]!) / scale : 0;
        correlations[row * size + column] = value;
        correlations[column * size + row] = value;
      }
    }
    const conditions = Array.from({ length: size - 2 }, (_, index) => index);
    const correlation = this.partial.of(correlations, size, [...conditions, size - 2, size - 1]);
    if (correlation === null) return null;
    const left = (place: number) =>
      lengths[place]! * Math.sqrt(this.partial.unexplained(correlations, size, [...conditions, place]));
    const ratio = left(size - 1) / left(size - 2);
    const unexplained = Math.sqrt((1 - correlation * correlation) / degreesOfFreedom);
    return {
      correlation,
      degreesOfFreedom,
      p: correlationP(correlation, degreesOfFreedom),
      slope: correlation * ratio,
      standardError: ratio * unexplained,
      outcomeSd: lengths[size - 1]! / Math.sqrt(count - 1),
    };
  }
}

function centred(column: Float64Array, picks: Int32Array): Float64Array {
  const values = new Float64Array(picks.length);
  const origin = column[picks[0] ?? 0] ?? 0;
  let sum = 0;
  for (let k = 0; k < picks.length; k++) {
    values[k] = column[picks[k]!]! - origin;
    sum += values[k]!;
  }
  const mean = sum / picks.length;
  for (let k = 0; k < values.length; k++) values[k]! -= mean;
  return values;
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < x.length; k++) sum += x[k]! * y[k]!;
  return sum;
}
