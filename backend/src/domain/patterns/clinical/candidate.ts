/** What is looked for in a person's record, and told in this order: what is about lows comes first. */
export const PATTERN_KINDS = [
  'lows-by-clock',
  'low-after-exercise',
  'worsening',
  'rebound',
  'compression-lows',
  'missed-bolus',
  'after-meal-rise',
  'dawn-rise',
  'weekend',
] as const;
export type PatternKind = (typeof PATTERN_KINDS)[number];

/** A local day as a day number, and the instant (seconds since the epoch) where there is one. */
export interface Sighting {
  readonly day: number;
  readonly at: number | null;
}

export const SIGHTING_UNITS = ['days', 'nights', 'meals', 'lows', 'weeks', 'rises'] as const;
export type SightingUnit = (typeof SIGHTING_UNITS)[number];

/** How a person's record answers one question, before it is known how many questions there were. */
export interface Judged {
  readonly status: 'judged';
  readonly kind: PatternKind;
  /** Which part of the day, or which meal; null where the pattern has no parts. */
  readonly part: string | null;
  /** What shows it, of all that had enough data to show it. Ascending. */
  readonly sightings: readonly Sighting[];
  /** Where the sensor's error was allowed for as well: what probably was so, whatever was shown. Ascending. */
  readonly likely?: readonly Sighting[];
  readonly of: number;
  readonly unit: SightingUnit;
  /** How many would be expected by chance alone; null where the test is not one of counts. */
  readonly expected: number | null;
  readonly test: string;
  /** One-sided, of the test against chance. */
  readonly p: number;
  /** Whether it is also large and frequent enough to matter to anybody. */
  readonly matters: boolean;
  readonly effect: {
    readonly value: number;
    /** 95 % interval; null where the test gives none. */
    readonly low: number | null;
    readonly high: number | null;
    readonly unit: 'mg/dL' | 'percentage points';
  };
  readonly text: string;
  /** What the pattern must not be taken for. */
  readonly isNot: string;
}

/** A question that cannot be answered, with what is missing. */
export interface Unanswered {
  readonly status: 'unanswered';
  readonly kind: PatternKind;
  readonly part: string | null;
  readonly missing: string;
}

export type Candidate = Judged | Unanswered;

export const unanswered = (kind: PatternKind, missing: string, part: string | null = null): Unanswered => ({
  status: 'unanswered',
  kind,
  part,
  missing,
});
