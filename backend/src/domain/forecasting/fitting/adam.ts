export interface AdamState {
  step: number;
  readonly means: Float32Array;
  readonly squares: Float32Array;
}

const MEAN_DECAY = 0.9;
const SQUARE_DECAY = 0.999;
const TINY = 1e-8;

export const adamState = (size: number): AdamState => ({
  step: 0,
  means: new Float32Array(size),
  squares: new Float32Array(size),
});

/**
 * One step of Adam (Kingma and Ba 2015, arXiv 1412.6980, algorithm 1) with weights that shrink apart from the slopes
 * (Loshchilov and Hutter 2019, arXiv 1711.05101). Changes the parameters in place.
 */
export function adamStep(
  parameters: Float32Array,
  slopes: Float32Array,
  state: AdamState,
  rate: number,
  weightDecay: number,
): void {
  state.step++;
  const { means, squares } = state;
  const meanShare = 1 - MEAN_DECAY ** state.step;
  const squareShare = 1 - SQUARE_DECAY ** state.step;
  const keep = 1 - rate * weightDecay;
  for (let i = 0; i < parameters.length; i++) {
    const slope = slopes[i]!;
    const mean = MEAN_DECAY * means[i]! + (1 - MEAN_DECAY) * slope;
    const square = SQUARE_DECAY * squares[i]! + (1 - SQUARE_DECAY) * slope * slope;
    means[i] = mean;
    squares[i] = square;
    parameters[i] = parameters[i]! * keep - (rate * (mean / meanShare)) / (Math.sqrt(square / squareShare) + TINY);
  }
}
