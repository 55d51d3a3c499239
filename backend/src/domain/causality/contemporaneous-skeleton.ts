import type { IndependenceTest, TestResult } from './independence-test.js';
import { lagged, type LagSpace, type Parent } from './lagged-variables.js';
import { forEachLink, momentaryConditions } from './pcmci.js';
import { subsetsOfSize } from './subsets.js';

interface Link {
  readonly source: number;
  readonly target: number;
  readonly lag: number;
}

/**
 * Which links stand, before directions within a step are asked (Runge 2020, algorithm 2). Starts from the lagged parents of
 * each variable and from every pair within one step; tests each link given its momentary conditions and subsets of 0, 1,
 * 2 … of the target's neighbours within the step, and drops it once one subset makes it independent. Neighbours are those
 * at the beginning of each size, so the order of the variables does not matter.
 */
export class ContemporaneousSkeleton {
  private readonly adjacent = new Set<string>();
  private readonly tests = new Map<string, TestResult>();
  private readonly strength = new Map<string, number>();

  constructor(
    private readonly test: IndependenceTest,
    readonly space: LagSpace,
    private readonly parents: readonly (readonly Parent[])[],
    private readonly alpha: number,
  ) {
    forEachLink(space, 0, (source, target, lag) => {
      const isKept = lag === 0 || parents[target]?.some((parent) => parent.source === source && parent.lag === lag);
      if (isKept) this.adjacent.add(key(source, target, lag));
    });
  }

  isAdjacent(source: number, target: number, lag: number): boolean {
    return this.adjacent.has(key(source, target, lag));
  }

  /** The test of the link with the largest p; undefined where none was made. */
  testOf(source: number, target: number, lag: number): TestResult | undefined {
    return this.tests.get(key(source, target, lag));
  }

  /** Variables linked to one within the step, strongest first. */
  neighbours(target: number): number[] {
    const strengthOf = (source: number) => this.strength.get(key(source, target, 0)) ?? Number.POSITIVE_INFINITY;
    return Array.from({ length: this.space.variables }, (_, source) => source)
      .filter((source) => source !== target && this.isAdjacent(source, target, 0))
      .sort((a, b) => strengthOf(b) - strengthOf(a) || a - b);
  }

  search(): void {
    for (let size = 0; ; size++) {
      const links = this.links();
      const around = Array.from({ length: this.space.variables }, (_, target) => this.neighbours(target));
      const dropped: Link[] = [];
      let isAnyTestable = false;
      for (const link of links) {
        const others = (around[link.target] ?? []).filter((other) => link.lag > 0 || other !== link.source);
        if (others.length < size) continue;
        isAnyTestable = true;
        if (this.separates(link, subsetsOfSize(others, size))) dropped.push(link);
      }
      for (const { source, target, lag } of dropped) this.drop(source, target, lag);
      if (!isAnyTestable) return;
    }
  }

  /** Whether source (some steps ago) and target are independent given neighbours `among` and their momentary conditions. */
  independentGiven(source: number, target: number, lag: number, among: readonly number[]): TestResult {
    const { space } = this;
    const conditions = new Set(among.map((variable) => lagged(space, variable, 0)));
    for (const node of momentaryConditions(space, this.parents, source, target, lag)) conditions.add(node);
    return this.test.test(lagged(space, source, lag), lagged(space, target, 0), [...conditions]);
  }

  isIndependent(result: TestResult): boolean {
    return result.p > this.alpha;
  }

  private links(): Link[] {
    const found: Link[] = [];
    forEachLink(this.space, 0, (source, target, lag) => {
      if (this.isAdjacent(source, target, lag)) found.push({ source, target, lag });
    });
    return found;
  }

  private separates({ source, target, lag }: Link, subsets: Iterable<readonly number[]>): boolean {
    for (const among of subsets) {
      const result = this.independentGiven(source, target, lag, among);
      this.note(source, target, lag, result);
      if (lag === 0) this.note(target, source, lag, result);
      if (this.isIndependent(result)) return true;
    }
    return false;
  }

  private note(source: number, target: number, lag: number, result: TestResult): void {
    const link = key(source, target, lag);
    const known = this.tests.get(link);
    if (!known || result.p > known.p) this.tests.set(link, result);
    const strength = this.strength.get(link) ?? Number.POSITIVE_INFINITY;
    this.strength.set(link, Math.min(strength, Math.abs(result.value)));
  }

  private drop(source: number, target: number, lag: number): void {
    this.adjacent.delete(key(source, target, lag));
    if (lag === 0) this.adjacent.delete(key(target, source, lag));
  }
}

const key = (source: number, target: number, lag: number): string => `${source}>${target}@${lag}`;
