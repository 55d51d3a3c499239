import { benjaminiHochberg } from '../statistics/false-discovery.js';
import { PC_ALPHAS, selectParents, selectParentsByScore } from './condition-selection.js';
import { type IndependenceTest, partialCorrelationTest } from './independence-test.js';
import { type LaggedVariable, lagged, LinkNumbers, lagSpace, type LagSpace, type Parent } from './lagged-variables.js';
import { type Observations, stepsOf, type Unusable, unusableVariables } from './observations.js';

export interface PcmciOptions {
  /** 0 also tests links within one step, without direction; at least 1 otherwise. */
  readonly minLag: number;
  readonly maxLag: number;
  /** Limit of the first stage; a list, or null for the usual one, is tried per variable and judged by score. */
  readonly pcAlpha: number | readonly number[] | null;
  readonly alphaLevel: number;
  readonly fdr: 'benjamini-hochberg' | 'none';
  /** Most parents of the source, and of the target, among the conditions of the second stage; default all. */
  readonly maxSourceConditions?: number;
  readonly maxTargetConditions?: number;
  /** Most conditions of one test of the first stage; default no limit. */
  readonly maxConditions?: number;
}

/** Links of time series. Lags in steps; `value` is a partial correlation, -1..1. */
export interface CausalLinks {
  readonly status: 'done';
  readonly value: LinkNumbers;
  /** Adjusted where asked; 1 for what was not tested. */
  readonly p: LinkNumbers;
  /** `-->` from source to target, `o-o` within one step and without direction, otherwise empty: `[source][target][lag]`. */
  readonly graph: string[][][];
  /** By target: what the first stage kept, strongest first. */
  readonly parents: readonly (readonly Parent[])[];
  /** Variables no test can judge; their links all have value 0 and p 1. */
  readonly unusable: Readonly<Record<string, Unusable>>;
}

export interface TooLittle {
  readonly status: 'too-little-data';
  readonly missing: readonly string[];
}

/**
 * PCMCI: which variable precedes which, given everything else that does (Runge et al. 2019, 10.1126/sciadv.aau4996).
 * First the parents of each variable (PC1); then every link is tested given the parents of its target and, moved back by its
 * lag, those of its source ("momentary conditional independence"), which keeps autocorrelation from making links.
 * Partial correlation; missing values leave out the steps of the tests they touch, lags stay as they are.
 */
export function pcmci(data: Observations, options: PcmciOptions): CausalLinks | TooLittle {
  const space = lagSpace(data.columns.length, options.maxLag);
  const short = tooLittle(data, space);
  if (short) return short;
  const test = partialCorrelationTest(data, space);
  const parents = data.columns.map((_, target) => parentsOf(test, space, target, options));
  const value = new LinkNumbers(space.variables, space.maxLag, 0);
  const p = new LinkNumbers(space.variables, space.maxLag, 1);
  forEachLink(space, options.minLag, (source, target, lag) => {
    const conditions = momentaryConditions(space, parents, source, target, lag, options);
    const result = test.test(lagged(space, source, lag), lagged(space, target, 0), conditions);
    value.set(source, target, lag, result.value);
    p.set(source, target, lag, result.p);
  });
  if (options.fdr === 'benjamini-hochberg') adjust(p, space, options.minLag);
  return {
    status: 'done',
    value,
    p,
    graph: graphOf(p, space, options.minLag, options.alphaLevel),
    parents,
    unusable: unusableVariables(data),
  };
}

/** What stands in the way of any test at all; null where nothing does. */
export function tooLittle(data: Observations, { maxLag, variables }: LagSpace): TooLittle | null {
  const missing: string[] = [];
  const least = 2 * maxLag + 3;
  if (variables === 0) missing.push('no variable was given');
  else if (stepsOf(data) < least)
    missing.push(`${stepsOf(data)} steps of time, of which lags up to ${maxLag} need ${least}`);
  else if (Object.keys(unusableVariables(data)).length === variables) missing.push('no variable ever changes');
  return missing.length === 0 ? null : { status: 'too-little-data', missing };
}

function parentsOf(test: IndependenceTest, space: LagSpace, target: number, options: PcmciOptions): Parent[] {
  const { pcAlpha, maxConditions } = options;
  const common = { minLag: Math.max(1, options.minLag), ...(maxConditions !== undefined && { maxConditions }) };
  if (typeof pcAlpha === 'number') return selectParents(test, space, target, { ...common, pcAlpha });
  return selectParentsByScore(test, space, target, pcAlpha ?? PC_ALPHAS, common).parents;
}

/** Parents of the target but the link itself, then those of the source moved back by the lag; each once. */
export function momentaryConditions(
  space: LagSpace,
  parents: readonly (readonly Parent[])[],
  source: number,
  target: number,
  lag: number,
  limits: Pick<PcmciOptions, 'maxSourceConditions' | 'maxTargetConditions'> = {},
): LaggedVariable[] {
  const x = lagged(space, source, lag);
  const ofTarget = (parents[target] ?? [])
    .map((parent) => lagged(space, parent.source, parent.lag))
    .filter((node) => node !== x)
    .slice(0, limits.maxTargetConditions);
  const ofSource = (parents[source] ?? [])
    .map((parent) => lagged(space, parent.source, parent.lag + lag))
    .slice(0, limits.maxSourceConditions);
  return [...new Set([...ofTarget, ...ofSource])];
}

/** Every link that is tested: all lags from `minLag` on, within one step only between different variables. */
export function forEachLink(
  { variables, maxLag }: LagSpace,
  minLag: number,
  visit: (source: number, target: number, lag: number) => void,
): void {
  for (let source = 0; source < variables; source++) {
    for (let target = 0; target < variables; target++) {
      for (let lag = minLag; lag <= maxLag; lag++) if (lag > 0 || source !== target) visit(source, target, lag);
    }
  }
}

/** Benjamini and Hochberg over all lagged links, self-links included. */
function adjust(p: LinkNumbers, space: LagSpace, minLag: number): void {
  const links: Array<readonly [number, number, number]> = [];
  forEachLink(space, Math.max(1, minLag), (...link) => links.push(link));
  const adjusted = benjaminiHochberg(links.map((link) => p.at(...link)));
  for (const [index, link] of links.entries()) p.set(...link, adjusted[index] ?? 1);
}

function graphOf(p: LinkNumbers, space: LagSpace, minLag: number, alphaLevel: number): string[][][] {
  const graph = emptyGraph(space);
  forEachLink(space, minLag, (source, target, lag) => {
    if (p.at(source, target, lag) > alphaLevel) return;
    graph[source]![target]![lag] = lag > 0 ? '-->' : 'o-o';
  });
  return graph;
}

export const emptyGraph = ({ variables, maxLag }: LagSpace): string[][][] =>
  Array.from({ length: variables }, () =>
    Array.from({ length: variables }, () => Array.from({ length: maxLag + 1 }, () => '')),
  );
