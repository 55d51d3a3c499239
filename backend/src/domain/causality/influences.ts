import { benjaminiHochberg } from '../statistics/false-discovery.js';
import { selectParents } from './condition-selection.js';
import { type IndependenceTest, partialCorrelationTest } from './independence-test.js';
import { type LaggedVariable, lagged, type LagSpace, lagSpace, variableOf } from './lagged-variables.js';
import { type LinkEffect, linkEffect, type ResamplingOptions } from './link-effect.js';
import { type Observations, unusableVariables } from './observations.js';
import { momentaryConditions } from './pcmci.js';

export interface InfluenceOptions extends ResamplingOptions {
  /** Longest lag, in steps; lag 0 is the same step. */
  readonly maxLag: number;
  readonly pcAlpha: number;
  /** Expected share of false ones among what is found, over all outcomes, exposures and lags together. */
  readonly falseDiscoveryRate: number;
  /**
   * Exposures that answer the outcome within a step: doses correct highs, carbohydrate treats lows. Within one step they say
   * nothing of what they do and would, as conditions, hide or turn what others do: they are looked at from lag 1 on.
   */
  readonly responses: readonly string[];
}

export const INFLUENCE_DEFAULTS = { pcAlpha: 0.1, falseDiscoveryRate: 0.05, resamples: 200, seed: 1 } as const;

/** An exposure that goes with an outcome, `lag` steps later, beyond what either's past and the other exposures explain. */
export interface Influence {
  readonly exposure: string;
  readonly outcome: string;
  readonly lag: number;
  /** p-value adjusted over everything that was tested. */
  readonly adjustedP: number;
  readonly effect: LinkEffect;
}

export interface Influences {
  readonly found: readonly Influence[];
  /** Links that were tested. */
  readonly tested: number;
  /** What could not be judged, and why. */
  readonly setAside: Readonly<Record<string, string>>;
}

/** An exposure known on less than this share of the outcome's steps would take the others' steps away with it. */
const LEAST_KNOWN_SHARE = 0.5;
/** Degrees of freedom below which a test is not made. */
const LEAST_FREEDOM = 20;

interface Tested {
  readonly exposure: string;
  readonly outcome: string;
  readonly lag: number;
  readonly p: number;
  readonly data: Observations;
  readonly x: LaggedVariable;
  readonly y: LaggedVariable;
  readonly conditions: readonly LaggedVariable[];
}

/**
 * Which exposures go with which outcomes: the momentary test of PCMCI, outcome by outcome, with an addition. Other exposures
 * noted in the same step are conditions where they go with the exposure, since insulin is given with the meal and would
 * otherwise be credited with what the meal does; in return, what one does through the other is not counted. Outcomes are
 * never causes here, of themselves or of others. Benjamini and Hochberg over everything tested.
 */
export function influences(
  data: Observations,
  outcomes: readonly string[],
  exposures: readonly string[],
  options: InfluenceOptions,
): Influences {
  const setAside: Record<string, string> = {};
  const tested = outcomes.flatMap((outcome) => testsOf(data, outcome, exposures, options, setAside));
  const space = (own: Observations) => lagSpace(own.columns.length, options.maxLag);
  const adjusted = benjaminiHochberg(tested.map(({ p }) => p));
  const significant = tested
    .map((test, index) => ({ ...test, adjustedP: adjusted[index] ?? 1 }))
    .filter(({ adjustedP }) => adjustedP <= options.falseDiscoveryRate);
  const found = significant.flatMap((one, index): Influence[] => {
    const { exposure, outcome, lag, adjustedP, data: own, x, y, conditions } = one;
    const onProgress = (part: number) => options.onProgress?.((index + part) / significant.length);
    const effect = linkEffect(own, space(own), x, y, conditions, { ...options, onProgress });
    return effect ? [{ exposure, outcome, lag, adjustedP, effect }] : [];
  });
  return { found: found.sort((a, b) => a.adjustedP - b.adjustedP), tested: tested.length, setAside };
}

function testsOf(
  data: Observations,
  outcome: string,
  exposures: readonly string[],
  { maxLag, pcAlpha, responses }: InfluenceOptions,
  setAside: Record<string, string>,
): Tested[] {
  const own = usable(data, outcome, exposures, setAside);
  if (!own) return [];
  const space = lagSpace(own.columns.length, maxLag);
  const test = partialCorrelationTest(own, space);
  const parents = own.columns.map((_, target) => selectParents(test, space, target, { minLag: 1, pcAlpha }));
  const y = lagged(space, 0, 0);
  const isResponse = (variable: number) => responses.includes(own.names[variable] ?? '');
  const found: Tested[] = [];
  for (const [variable, exposure] of own.names.entries()) {
    if (variable === 0) continue;
    const firstLag = isResponse(variable) ? 1 : 0;
    for (let lag = firstLag; lag <= maxLag; lag++) {
      const x = lagged(space, variable, lag);
      const momentary = momentaryConditions(space, parents, variable, 0, lag);
      const beside = besides(test, space, variable, lag, firstLag, pcAlpha).filter(
        (other) => lag > 0 || !isResponse(variableOf(space, other)),
      );
      const conditions = [...new Set([...beside, ...momentary])];
      const { p, samples } = test.test(x, y, conditions);
      if (samples - 2 - conditions.length < LEAST_FREEDOM) {
        setAside[`${exposure} on ${outcome}`] = `too few steps hold everything that has to be compared (${samples})`;
        continue;
      }
      found.push({ exposure, outcome, lag, p, data: own, x, y, conditions });
    }
  }
  return found;
}

/**
 * The outcome in the step of the exposure; other exposures in that step, where they go with it; and the exposure itself
 * between then and `firstLag`: today's walk must not be credited to yesterday's, whereas today's dose answers the outcome and
 * would, as a condition, link it to yesterday's. Exposures that do not go together cannot stand in for each other, and as
 * conditions would only take the days away on which they are unknown.
 */
function besides(
  test: IndependenceTest,
  space: LagSpace,
  variable: number,
  lag: number,
  firstLag: number,
  alpha: number,
): LaggedVariable[] {
  const found: LaggedVariable[] = [];
  const now = lagged(space, variable, 0);
  for (let other = 1; other < space.variables; other++) {
    if (other === variable || test.test(lagged(space, other, 0), now, []).p > alpha) continue;
    found.push(lagged(space, other, lag));
  }
  for (let between = firstLag; between < lag; between++) found.push(lagged(space, variable, between));
  if (lag > 0) found.push(lagged(space, 0, lag));
  return found;
}

/** The outcome first, then every exposure that can be judged against it; null where the outcome itself cannot be. */
function usable(
  data: Observations,
  outcome: string,
  exposures: readonly string[],
  setAside: Record<string, string>,
): Observations | null {
  const unusable = unusableVariables(data);
  const columnOf = (name: string) => data.columns[data.names.indexOf(name)] ?? new Float64Array();
  const values = columnOf(outcome);
  const steps = [...values.keys()].filter((step) => !Number.isNaN(values[step]));
  const why = unusable[outcome] ?? (steps.length < LEAST_FREEDOM ? `known on ${steps.length} steps only` : null);
  if (why !== null) {
    setAside[outcome] = why;
    return null;
  }
  const kept = exposures.filter((name) => {
    const column = columnOf(name);
    const known = steps.filter((step) => !Number.isNaN(column[step])).length;
    const isKnown = known >= LEAST_KNOWN_SHARE * steps.length;
    if (unusable[name]) setAside[name] = unusable[name];
    else if (!isKnown) setAside[name] = `known on ${known} of ${steps.length} steps`;
    return isKnown && !unusable[name];
  });
  return { names: [outcome, ...kept], columns: [values, ...kept.map(columnOf)] };
}
