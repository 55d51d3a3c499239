import type { IndependenceTest } from './independence-test.js';
import { lagged, type LagSpace, type Parent } from './lagged-variables.js';

/** What the selection keeps of the last test of each link it looked at. */
export type OnTest = (source: number, lag: number, value: number, p: number) => void;

export interface SelectionOptions {
  /** Shortest lag of a cause, at least 1. */
  readonly minLag: number;
  /** A link whose p-value exceeds this is dropped. */
  readonly pcAlpha: number;
  /** Most conditions of one test; default no limit. */
  readonly maxConditions?: number;
  readonly onTest?: OnTest;
}

/**
 * The lagged causes that one variable may have, strongest first: PC1, the first stage of PCMCI (Runge et al. 2019,
 * 10.1126/sciadv.aau4996, algorithm S1). Starts from every variable at every lag and tests each against the target given the
 * 0, 1, 2 … strongest others; drops what looks independent; sorts by the smallest absolute correlation that any test left.
 */
export function selectParents(
  test: IndependenceTest,
  space: LagSpace,
  target: number,
  { minLag, pcAlpha, maxConditions = Number.POSITIVE_INFINITY, onTest }: SelectionOptions,
): Parent[] {
  const y = lagged(space, target, 0);
  let parents: Parent[] = [];
  for (let source = 0; source < space.variables; source++) {
    for (let lag = minLag; lag <= space.maxLag; lag++) {
      parents.push({ source, lag, strength: Number.POSITIVE_INFINITY });
    }
  }
  for (let depth = 0; depth < parents.length && depth <= maxConditions; depth++) {
    const kept: Parent[] = [];
    for (const [place, parent] of parents.entries()) {
      // The strongest others: one further where the parent itself is among them.
      const others = parents.slice(0, place < depth ? depth + 1 : depth).filter((_, index) => index !== place);
      const conditions = others.map(({ source, lag }) => lagged(space, source, lag));
      const { value, p } = test.test(lagged(space, parent.source, parent.lag), y, conditions);
      onTest?.(parent.source, parent.lag, value, p);
      if (p <= pcAlpha) kept.push({ ...parent, strength: Math.min(parent.strength, Math.abs(value)) });
    }
    parents = kept.sort((a, b) => b.strength - a.strength);
  }
  return parents;
}

/** The p-value limits that are tried where none is given. */
export const PC_ALPHAS: readonly number[] = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5];

/**
 * The parents under that limit of a list whose linear model of the target has the smallest Akaike criterion,
 * n ln(residual variance) + 2 · number of parents; of equals the first.
 */
export function selectParentsByScore(
  test: IndependenceTest,
  space: LagSpace,
  target: number,
  pcAlphas: readonly number[],
  options: Omit<SelectionOptions, 'pcAlpha'>,
): { parents: Parent[]; pcAlpha: number } {
  const tried = pcAlphas.map((pcAlpha) => {
    const parents = selectParents(test, space, target, { ...options, pcAlpha });
    const nodes = parents.map(({ source, lag }) => lagged(space, source, lag));
    const { share, samples } = test.unexplained(lagged(space, target, 0), nodes);
    return { parents, pcAlpha, score: samples * Math.log(share) + 2 * parents.length };
  });
  return tried.reduce((best, next) => (next.score < best.score ? next : best));
}
