import * as z from 'zod';
import { forecastCheck } from '../../domain/analyses/forecasts.js';
import type { AnalysisWindow } from '../../domain/analyses/coverage.js';
import { links } from '../../domain/analyses/links.js';
import { localDaysOf } from '../../domain/analyses/local-days.js';
import { patterns } from '../../domain/analyses/patterns.js';
import { risk } from '../../domain/analyses/risk.js';
import { shapes } from '../../domain/analyses/shapes.js';
import { dailyFindings } from '../../domain/causality/daily-findings.js';
import { dailyGrid } from '../../domain/causality/daily-grid.js';
import { dayItems } from '../../domain/causality/day-items.js';
import { OUTCOME_RULE_DEFAULTS, outcomeRules } from '../../domain/causality/outcome-rules.js';
import type { PersonHistory } from '../../domain/causality/person-history.js';
import { SERVING_NAMES } from '../../domain/forecasting/model.js';
import { ruleInWords } from '../../domain/causality/rule-words.js';

/** An answer is also that there is too little data, with what is missing. */
export type AnalysisResult = { readonly status: 'done' } | { readonly status: 'too-little-data' };

export interface Algorithm<P extends z.ZodType = z.ZodType> {
  /** Raised when the same input begins to give another answer. */
  readonly version: string;
  readonly parameters: P;
  /** Tells how far it is, above 0 up to 1, as often as it likes, where it takes long enough to be waited for. */
  analyse(
    history: PersonHistory,
    window: AnalysisWindow,
    parameters: z.output<P>,
    onProgress?: (part: number) => void,
  ): AnalysisResult;
}

const algorithm = <P extends z.ZodType>(definition: Algorithm<P>): Algorithm<P> => definition;

const falseDiscoveryRate = z.number().min(0.01).max(0.2).default(0.05);

/** What can be asked of a patient's record. */
export const ALGORITHMS = {
  'matrix-profile': algorithm({
    version: '1',
    parameters: z.strictObject({
      windowMinutes: z.int().min(30).max(2_880).default(1_440),
      maxMotifs: z.int().min(1).max(10).default(3),
      maxPlaces: z.int().min(2).max(20).default(5),
      maxDiscords: z.int().min(1).max(10).default(3),
    }),
    analyse: (history, _, parameters, onProgress) => shapes(history, parameters, onProgress),
  }),
  pcmci: algorithm({
    version: '1',
    parameters: z.strictObject({
      grid: z.enum(['daily', 'hourly']).default('daily'),
      maxLag: z.int().min(1).max(24).default(3),
      falseDiscoveryRate,
    }),
    analyse: links,
  }),
  influences: algorithm({
    version: '2',
    parameters: z.strictObject({
      maxLag: z.int().min(1).max(7).default(2),
      falseDiscoveryRate,
      resamples: z.int().min(50).max(1_000).default(200),
      seed: z
        .int()
        .min(0)
        .max(2 ** 31)
        .default(1),
    }),
    analyse: (history, window, parameters, onProgress) =>
      dailyFindings(dailyGrid(history, ...localDaysOf(history, window)), { ...parameters, onProgress }),
  }),
  rules: algorithm({
    version: '2',
    parameters: z.strictObject({
      minSupport: z.number().min(0.01).max(0.5).default(OUTCOME_RULE_DEFAULTS.minSupport),
      minLift: z.number().min(1).max(10).default(OUTCOME_RULE_DEFAULTS.minLift),
      mostConditions: z.int().min(1).max(3).default(OUTCOME_RULE_DEFAULTS.mostConditions),
      falseDiscoveryRate,
    }),
    analyse(history, window, parameters) {
      const days = dayItems(dailyGrid(history, ...localDaysOf(history, window)));
      const found = outcomeRules(days, { ...OUTCOME_RULE_DEFAULTS, ...parameters });
      if (found.status !== 'done') return found;
      return { ...found, rules: found.rules.map((rule) => ({ ...rule, text: ruleInWords(rule) })) };
    },
  }),
  patterns: algorithm({
    version: '3',
    parameters: z.strictObject({ falseDiscoveryRate }),
    analyse: (history, _, parameters) => patterns(history, parameters),
  }),
  risk: algorithm({
    version: '3',
    parameters: z.strictObject({}),
    analyse: risk,
  }),
  forecast: algorithm({
    version: '3',
    parameters: z.strictObject({ current: z.enum(SERVING_NAMES).optional() }),
    analyse: forecastCheck,
  }),
} satisfies Record<string, Algorithm>;

export type AlgorithmName = keyof typeof ALGORITHMS;
export const AlgorithmName = z.enum(Object.keys(ALGORITHMS) as [AlgorithmName, ...AlgorithmName[]]);

/** An algorithm by its name, its parameters unknown until it has parsed them. */
export const algorithmOf = (name: AlgorithmName): Algorithm => ALGORITHMS[name] as unknown as Algorithm;
