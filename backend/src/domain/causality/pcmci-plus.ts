import { selectParents } from './condition-selection.js';
import { ContemporaneousSkeleton } from './contemporaneous-skeleton.js';
import { partialCorrelationTest } from './independence-test.js';
import { lagSpace, LinkNumbers, type Parent } from './lagged-variables.js';
import { type Observations, unusableVariables } from './observations.js';
import { orient } from './orientation.js';
import { type CausalLinks, emptyGraph, forEachLink, type TooLittle, tooLittle } from './pcmci.js';

export interface PcmciPlusOptions {
  readonly maxLag: number;
  /** The one limit of every test; p-values stay as they are. */
  readonly pcAlpha: number;
}

/**
 * PCMCI+: as PCMCI, but links within one step get a direction where the data can tell one (Runge 2020, UAI, PMLR 124,
 * algorithms 1 and 2, with the majority rule for colliders and conflicts marked).
 *
 * `graph` holds `-->` (its mirror `<--` within one step), `o-o` where no direction can be told and `x-x` where the data
 * speak for both. `value` and `p` of a link that the first stage dropped are those of the test that dropped it; of every
 * other link those of its test with the largest p in the second stage.
 */
export function pcmciPlus(data: Observations, { maxLag, pcAlpha }: PcmciPlusOptions): CausalLinks | TooLittle {
  const space = lagSpace(data.columns.length, maxLag);
  const short = tooLittle(data, space);
  if (short) return short;
  const test = partialCorrelationTest(data, space);
  const value = new LinkNumbers(space.variables, maxLag, 0);
  const p = new LinkNumbers(space.variables, maxLag, 1);
  const parents: Parent[][] = data.columns.map((_, target) =>
    selectParents(test, space, target, {
      minLag: 1,
      pcAlpha,
      onTest: (source, lag, testValue, testP) => {
        value.set(source, target, lag, testValue);
        p.set(source, target, lag, testP);
      },
    }),
  );
  const skeleton = new ContemporaneousSkeleton(test, space, parents, pcAlpha);
  skeleton.search();
  const graph = emptyGraph(space);
  forEachLink(space, 0, (source, target, lag) => {
    const found = skeleton.testOf(source, target, lag);
    if (found) {
      value.set(source, target, lag, found.value);
      p.set(source, target, lag, found.p);
    }
    if (lag > 0 && skeleton.isAdjacent(source, target, lag)) graph[source]![target]![lag] = '-->';
  });
  for (const { from, to, mark } of orient(skeleton)) {
    graph[from]![to]![0] = mark;
    graph[to]![from]![0] = mark === '-->' ? '<--' : mark;
  }
  return { status: 'done', value, p, graph, parents, unusable: unusableVariables(data) };
}
