/**
 * A variable some steps ago, as one number: `variable * span + lag`. Links reach back `maxLag` steps, and the causes of a
 * cause as many again, hence lags run from 0 to `2 * maxLag`.
 */
export type LaggedVariable = number;

export interface LagSpace {
  readonly variables: number;
  readonly maxLag: number;
  /** Lags per variable: 2 * maxLag + 1. */
  readonly span: number;
}

export const lagSpace = (variables: number, maxLag: number): LagSpace => ({
  variables,
  maxLag,
  span: 2 * maxLag + 1,
});

export const lagged = ({ span }: LagSpace, variable: number, lag: number): LaggedVariable => variable * span + lag;
export const variableOf = ({ span }: LagSpace, node: LaggedVariable): number => Math.floor(node / span);
export const lagOf = ({ span }: LagSpace, node: LaggedVariable): number => node % span;

/** A number per link `source` (`lag` steps ago) to `target` (now); lags 0..maxLag. */
export class LinkNumbers {
  private readonly numbers: Float64Array;

  constructor(
    readonly variables: number,
    readonly maxLag: number,
    initially: number,
  ) {
    this.numbers = new Float64Array(variables * variables * (maxLag + 1)).fill(initially);
  }

  private index(source: number, target: number, lag: number): number {
    return (source * this.variables + target) * (this.maxLag + 1) + lag;
  }

  at(source: number, target: number, lag: number): number {
    return this.numbers[this.index(source, target, lag)] ?? Number.NaN;
  }

  set(source: number, target: number, lag: number, value: number): void {
    this.numbers[this.index(source, target, lag)] = value;
  }

  /** `[source][target][lag]`. */
  nested(): number[][][] {
    const each = (length: number) => Array.from({ length }, (_, index) => index);
    return each(this.variables).map((source) =>
      each(this.variables).map((target) => each(this.maxLag + 1).map((lag) => this.at(source, target, lag))),
    );
  }
}

/** A cause of a target, `lag` steps before it, with the smallest absolute correlation that any test left it. */
export interface Parent {
  readonly source: number;
  readonly lag: number;
  readonly strength: number;
}
