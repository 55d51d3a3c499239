import { solvePositive } from '../../src/domain/forecasting/fitting/cholesky.js';
import type { LogisticModel } from '../../src/domain/patterns/risk/low-risk.js';

export interface Example {
  readonly inputs: readonly number[];
  readonly happened: boolean;
  readonly weight: number;
}

const RIDGE = 1;
const MOST_STEPS = 50;

/** Logistic regression with a ridge on the slopes, by Newton's method. The same examples give the same numbers. */
export function fitLogistic(examples: readonly Example[]): LogisticModel {
  const size = (examples[0]?.inputs.length ?? 0) + 1;
  let beta = Array.from({ length: size }, () => 0);
  for (let step = 0; step < MOST_STEPS; step++) {
    const gradient = Float64Array.from(beta, (value, i) => (i === 0 ? 0 : -RIDGE * value));
    const hessian = Float64Array.from({ length: size * size }, (_, at) =>
      at > 0 && at % (size + 1) === 0 ? RIDGE : 0,
    );
    for (const { inputs, happened, weight } of examples) {
      const x = [1, ...inputs];
      const p = 1 / (1 + Math.exp(-x.reduce((sum, value, i) => sum + value * (beta[i] ?? 0), 0)));
      for (let i = 0; i < size; i++) {
        gradient[i]! += weight * (Number(happened) - p) * x[i]!;
        for (let j = 0; j < size; j++) hessian[i * size + j]! += weight * p * (1 - p) * x[i]! * x[j]!;
      }
    }
    const move = solvePositive(hessian, gradient, size);
    beta = beta.map((value, i) => value + move[i]!);
    if (Math.max(...move.map(Math.abs)) < 1e-10) break;
  }
  const [intercept = 0, ...weights] = beta;
  return { intercept, weights };
}
