import { level } from '../../glycemia/glucose-words.js';
import type { DayLows, LowStatistics } from './day-lows.js';
import { statisticsOf } from './day-lows.js';
import file from './low-risk.json';

/** The days that are looked back on, and ahead to. */
export const BEFORE_DAYS = 28;
export const AHEAD_DAYS = 14;
/** Measured days, and days with a reading below 70, without which nothing is said. */
export const MEASURED_NEEDED = 14;
export const LOW_DAYS_NEEDED = 3;

/** What may come within the days ahead: so many percent of readings. */
export const RISKS = {
  below54: { percent: 1, words: `1 % or more of readings below ${level(54)}` },
  below70: { percent: 4, words: `4 % or more of readings below ${level(70)}` },
} as const;
export type RiskName = keyof typeof RISKS;

export interface LogisticModel {
  readonly intercept: number;
  /** One for each input. */
  readonly weights: readonly number[];
}

export interface LowRiskFile {
  readonly version: string;
  readonly trainedOn: string;
  /** The middle of each input among the people that it was fitted to. */
  readonly means: readonly number[];
  readonly models: Readonly<Record<RiskName, LogisticModel & { readonly heldOut: HeldOut }>>;
}

/** How it did on real people, each left out of a fit of all others: in so many fortnights it came, and was expected. */
export interface HeldOut {
  readonly people: number;
  readonly fortnights: number;
  readonly events: number;
  readonly expected: number;
}

const MODEL: LowRiskFile = file;
export const LOW_RISK_VERSION = MODEL.version;
/** How the chance of more than 4 % below 70 mg/dL did on real people. */
export const HELD_OUT_BELOW_70: HeldOut = MODEL.models.below70.heldOut;

/** What the model sees. Shares by their logarithm: from 0.5 to 1 % is as far as from 4 to 8 %. */
export const inputsOf = ({ below70, below54, mean, variation }: LowStatistics): number[] => [
  Math.log(0.5 + below70),
  Math.log(0.1 + below54),
  mean / 50,
  variation / 10,
];

const INPUT_WORDS: ReadonlyArray<(found: LowStatistics) => string> = [
  ({ below70 }) => `${below70.toFixed(1)} % below ${level(70)}`,
  ({ below54 }) => `${below54.toFixed(1)} % below ${level(54)}`,
  ({ mean }) => `mean glucose ${level(mean)}`,
  ({ variation }) => `variation (CV) ${variation.toFixed(0)} %`,
];

export const chanceBy = ({ intercept, weights }: LogisticModel, inputs: readonly number[]): number =>
  1 / (1 + Math.exp(-weights.reduce((sum, weight, i) => sum + weight * (inputs[i] ?? 0), intercept)));

export interface LowRisk {
  readonly name: RiskName;
  /** 0..1. */
  readonly chance: number;
  /** What raises or lowers it against the people it was fitted to, the weightiest first. */
  readonly reasons: ReadonlyArray<{ readonly text: string; readonly raises: boolean }>;
  readonly heldOut: HeldOut;
}

export type LowRisks =
  | {
      readonly status: 'done';
      readonly measuredDays: number;
      readonly statistics: LowStatistics;
      readonly risks: readonly LowRisk[];
      readonly version: string;
    }
  | { readonly status: 'too-little-data'; readonly missing: readonly string[] };

/** The days from which a chance is told: measured ones of the four weeks up to a last day. */
export const daysBefore = (days: readonly DayLows[], lastDay: number): DayLows[] =>
  days.filter(({ day }) => day > lastDay - BEFORE_DAYS && day <= lastDay);

/** What is missing for a chance; empty where nothing is. */
export function missingFor(days: readonly DayLows[]): string[] {
  const lowDays = days.filter(({ below70 }) => below70 > 0).length;
  return [
    ...(days.length < MEASURED_NEEDED
      ? [`${days.length} measured days in the last ${BEFORE_DAYS}, ${MEASURED_NEEDED} are needed`]
      : []),
    ...(lowDays < LOW_DAYS_NEEDED
      ? [
          `${lowDays} days with a reading below ${level(70)} in the last ${BEFORE_DAYS}, ${LOW_DAYS_NEEDED} are needed: rarer lows cannot be foreseen from day to day`,
        ]
      : []),
  ];
}

/** How likely the next two weeks bring more lows than agreed goals allow, from the last four. */
export function lowRisks(days: readonly DayLows[], lastDay: number, model: LowRiskFile = MODEL): LowRisks {
  const before = daysBefore(days, lastDay);
  const missing = missingFor(before);
  if (missing.length > 0) return { status: 'too-little-data', missing };
  const statistics = statisticsOf(before);
  const inputs = inputsOf(statistics);
  return {
    status: 'done',
    measuredDays: before.length,
    statistics,
    version: model.version,
    risks: (Object.keys(RISKS) as RiskName[]).map((name) => ({
      name,
      chance: chanceBy(model.models[name], inputs),
      heldOut: model.models[name].heldOut,
      reasons: inputs
        .map((input, i) => ({
          text: INPUT_WORDS[i]?.(statistics) ?? '',
          push: (model.models[name].weights[i] ?? 0) * (input - (model.means[i] ?? 0)),
        }))
        .sort((a, b) => Math.abs(b.push) - Math.abs(a.push))
        .map(({ text, push }) => ({ text, raises: push > 0 })),
    })),
  };
}
