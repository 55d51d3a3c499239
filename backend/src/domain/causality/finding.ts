import type { Stability } from './link-effect.js';

/** A number with its 95 % interval. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** An association of one exposure with glucose, in words and numbers: something to be tried, never a proof. */
export interface Finding {
  /** Names of grid variables; lag in steps of the grid. */
  readonly exposure: string;
  readonly outcome: string;
  readonly lag: number;
  /** How much more of the exposure is meant. */
  readonly per: { readonly amount: number; readonly unit: string };
  /** By how much the outcome differed then. */
  readonly effect: Interval & { readonly unit: 'mg/dL' | 'percentage points' };
  readonly samples: number;
  readonly adjustedP: number;
  readonly stability: Stability;
  readonly text: string;
  /** How the person could find out for themselves; null where trying is not theirs to decide. */
  readonly trial: Trial | null;
}

/** A trial on one person: chance decides which days have the exposure, then both kinds of days are compared. */
export interface Trial {
  /** About as many days of each kind as show a difference of this size in four trials of five. */
  readonly daysOfEachKind: number;
  readonly text: string;
}

export type FindingsAnswer =
  | {
      readonly status: 'done';
      readonly findings: readonly Finding[];
      /** Links that were tested, and the share of false ones expected among the findings. */
      readonly tested: number;
      readonly falseDiscoveryRate: number;
      readonly setAside: Readonly<Record<string, string>>;
    }
  | { readonly status: 'too-little-data'; readonly missing: readonly string[] };
