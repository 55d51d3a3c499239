import { type Correction, CORRECTION_INPUTS, correctionInputs } from '../correction.js';
import { JUDGED_MINUTES } from '../horizons.js';
import { notedAt, type NotedIntake } from '../on-board.js';
import { actualAfter, type Moments } from '../personal.js';
import { medianAfter, type QuantileForecast } from '../quantile-forecast.js';
import { solvePositive } from './cholesky.js';

/** Per moment and input on its own scale: two weeks of one person say little, so that most stays with the network. */
const PENALTY = 0.4;
/** As though so many more moments had asked for nothing. */
const PRIOR_MOMENTS = 20;
/** Four days of forecasts each half hour. */
export const CORRECTION_NEEDED = 200;
/** mg/dL; one night of a failing sensor must not bend the rest. */
const LARGEST_ERROR = 120;

/** Moments with what the network said of them, and what had been noted around them. */
export interface CorrectionSource {
  readonly moments: Moments;
  readonly forecasts: readonly QuantileForecast[];
  readonly intake: NotedIntake;
}

/** Fits a ridge to what the network missed by, at each judged horizon; `null` of too few moments. */
export function fitCorrection(sources: readonly CorrectionSource[]): Correction | null {
  const weights = new Float64Array(JUDGED_MINUTES.length * CORRECTION_INPUTS);
  for (const [horizon, minutes] of JUDGED_MINUTES.entries()) {
    const missed = sources.flatMap((source) => missedBy(source, minutes));
    if (missed.length < CORRECTION_NEEDED) return null;
    weights.set(
      ridge(
        missed.map(({ inputs }) => inputs),
        missed.map(({ error }) => error),
      ),
      horizon * CORRECTION_INPUTS,
    );
  }
  return { weights };
}

const missedBy = ({ moments, forecasts, intake }: CorrectionSource, minutes: number) =>
  moments.histories.flatMap((history, i) => {
    const actual = actualAfter(moments, i, minutes);
    if (actual === null) return [];
    const error = actual - medianAfter(forecasts[i]!, minutes);
    const inputs = correctionInputs(history, notedAt(intake, history.basedOn), forecasts[i]!, minutes);
    return [{ inputs, error: Math.min(LARGEST_ERROR, Math.max(-LARGEST_ERROR, error)) }];
  });

function ridge(inputs: readonly number[][], errors: readonly number[]): Float64Array {
  const size = CORRECTION_INPUTS;
  const count = inputs.length;
  const scales = Array.from(
    { length: size },
    (_, j) => Math.sqrt(inputs.reduce((sum, x) => sum + x[j]! ** 2, 0) / count) || 1,
  );
  const square = new Float64Array(size * size);
  const product = new Float64Array(size);
  for (const [i, x] of inputs.entries()) {
    for (let j = 0; j < size; j++) {
      const scaled = x[j]! / scales[j]!;
      product[j]! += errors[i]! * scaled;
      for (let k = 0; k < size; k++) square[j * size + k]! += (scaled * x[k]!) / scales[k]!;
    }
  }
  for (let j = 0; j < size; j++) square[j * size + j]! += PENALTY * count + PRIOR_MOMENTS;
  return solvePositive(square, product, size).map((weight, j) => weight / scales[j]!);
}
