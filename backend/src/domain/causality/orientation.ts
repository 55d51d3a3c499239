import type { ContemporaneousSkeleton } from './contemporaneous-skeleton.js';
import { allSubsets } from './subsets.js';

/** The end of the search within one step: `-->` from one to the other, `o-o` undecided, `x-x` both were asked for. */
export interface OrientedPair {
  readonly from: number;
  readonly to: number;
  readonly mark: '-->' | 'o-o' | 'x-x';
}

/** A variable at a lag that is linked to `middle`, which is linked within the step to `end`, while the outer two are not linked. */
interface Triple {
  readonly start: number;
  readonly lag: number;
  readonly middle: number;
  readonly end: number;
}

type Kind = 'collider' | 'chain' | 'ambiguous';
type Arrow = readonly [from: number, to: number];

/**
 * Directions within one step (Runge 2020, §3.2 and algorithms S2, S3): first colliders, by the majority of the sets that
 * separate the ends of a triple, then the rules R1 to R3 of Meek until nothing changes. A link that is asked to point both
 * ways becomes a conflict, and no rule builds on it.
 */
export function orient(skeleton: ContemporaneousSkeleton): OrientedPair[] {
  const marks = new Marks(skeleton);
  const triples = unshieldedTriples(skeleton);
  const kinds = triples.map((triple) => kindOf(skeleton, triple));
  const colliders = triples.filter((_, index) => kinds[index] === 'collider');
  marks.point(
    colliders.flatMap(({ start, lag, middle, end }): Arrow[] => [
      [end, middle],
      ...(lag === 0 ? [[start, middle] as const] : []),
    ]),
  );
  const chains = triples.filter((_, index) => kinds[index] === 'chain');
  for (;;) {
    const isChanged = [
      marks.point(awayFromArrow(marks, chains)),
      marks.point(alongDirectedPath(marks, skeleton)),
      marks.point(betweenTwoChains(marks, skeleton, chains)),
    ].some(Boolean);
    if (!isChanged) return marks.pairs();
  }
}

/** Triples in both readings, but each triple within the step once. */
function unshieldedTriples(skeleton: ContemporaneousSkeleton): Triple[] {
  const { variables, maxLag } = skeleton.space;
  const found: Triple[] = [];
  for (let middle = 0; middle < variables; middle++) {
    const neighbours = skeleton.neighbours(middle).sort((a, b) => a - b);
    for (const end of neighbours) {
      for (const start of neighbours) {
        if (start < end && !skeleton.isAdjacent(start, end, 0)) found.push({ start, lag: 0, middle, end });
      }
      for (let start = 0; start < variables; start++) {
        for (let lag = 1; lag <= maxLag; lag++) {
          const isOpen = skeleton.isAdjacent(start, middle, lag) && !skeleton.isAdjacent(start, end, lag);
          if (isOpen) found.push({ start, lag, middle, end });
        }
      }
    }
  }
  return found;
}

/** How many of the sets that separate the ends hold the middle: few make a collider, many a chain, half or none no statement. */
function kindOf(skeleton: ContemporaneousSkeleton, { start, lag, middle, end }: Triple): Kind {
  const candidates = [
    ...allSubsets(skeleton.neighbours(end).filter((other) => lag > 0 || other !== start)),
    ...(lag === 0 ? allSubsets(skeleton.neighbours(start).filter((other) => other !== end)) : []),
  ];
  const distinct = new Map(candidates.map((among) => [[...among].sort((a, b) => a - b).join(), among]));
  let separating = 0;
  let withMiddle = 0;
  for (const among of distinct.values()) {
    if (!skeleton.isIndependent(skeleton.independentGiven(start, end, lag, among))) continue;
    separating++;
    if (among.includes(middle)) withMiddle++;
  }
  if (separating === 0 || 2 * withMiddle === separating) return 'ambiguous';
  return 2 * withMiddle < separating ? 'collider' : 'chain';
}

/** R1: start → middle o-o end, no collider there: middle → end. A lagged start always points forward. */
const awayFromArrow = (marks: Marks, chains: readonly Triple[]): Arrow[] =>
  chains.flatMap(({ start, lag, middle, end }): Arrow[] => {
    if (lag > 0) return marks.isOpen(middle, end) ? [[middle, end]] : [];
    if (marks.isArrow(start, middle) && marks.isOpen(middle, end)) return [[middle, end]];
    if (marks.isArrow(end, middle) && marks.isOpen(middle, start)) return [[middle, start]];
    return [];
  });

/** R2: a → b → c and a o-o c: a → c, or time within the step would run in a circle. */
const alongDirectedPath = (marks: Marks, skeleton: ContemporaneousSkeleton): Arrow[] =>
  marks.openPairs().filter(([a, c]) => skeleton.neighbours(a).some((b) => marks.isArrow(a, b) && marks.isArrow(b, c)));

/** R3: a o-o b → c and a o-o d → c with b, d unlinked, a no collider between them, and a o-o c: a → c. */
const betweenTwoChains = (marks: Marks, skeleton: ContemporaneousSkeleton, chains: readonly Triple[]): Arrow[] =>
  marks
    .openPairs()
    .filter(([a, c]) =>
      chains.some(
        ({ start, lag, middle, end }) =>
          lag === 0 &&
          middle === a &&
          marks.isOpen(a, start) &&
          marks.isOpen(a, end) &&
          marks.isArrow(start, c) &&
          marks.isArrow(end, c) &&
          !skeleton.isAdjacent(start, end, 0),
      ),
    );

/** Marks of the links within the step. */
class Marks {
  private readonly marks = new Map<string, 'open' | 'arrow' | 'conflict'>();

  constructor(private readonly skeleton: ContemporaneousSkeleton) {
    for (const [a, b] of this.linkedPairs()) this.marks.set(`${a},${b}`, 'open');
  }

  isOpen = (a: number, b: number): boolean => this.marks.get(`${a},${b}`) === 'open';
  isArrow = (from: number, to: number): boolean => this.marks.get(`${from},${to}`) === 'arrow';

  /** Points all these arrows at once; true where anything changed. */
  point(arrows: readonly Arrow[]): boolean {
    let isChanged = false;
    for (const [from, to] of arrows) {
      if (this.isArrow(from, to) || this.marks.get(`${from},${to}`) === 'conflict') continue;
      const isOpposed = this.isArrow(to, from);
      this.marks.set(`${from},${to}`, isOpposed ? 'conflict' : 'arrow');
      if (isOpposed) this.marks.set(`${to},${from}`, 'conflict');
      else this.marks.delete(`${to},${from}`);
      isChanged = true;
    }
    return isChanged;
  }

  /** Undecided pairs, in both orders. */
  openPairs(): Arrow[] {
    return this.linkedPairs().filter(([a, b]) => this.isOpen(a, b));
  }

  pairs(): OrientedPair[] {
    return this.linkedPairs().flatMap(([from, to]): OrientedPair[] => {
      if (this.isArrow(from, to)) return [{ from, to, mark: '-->' }];
      if (from > to || this.isArrow(to, from)) return [];
      return [{ from, to, mark: this.isOpen(from, to) ? 'o-o' : 'x-x' }];
    });
  }

  private linkedPairs(): Arrow[] {
    return Array.from({ length: this.skeleton.space.variables }, (_, a) => a).flatMap((a) =>
      this.skeleton.neighbours(a).map((b): Arrow => [a, b]),
    );
  }
}
