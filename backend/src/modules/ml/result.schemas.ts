import * as z from 'zod';
import { FOLLOWED_INTERVALS } from '../../domain/forecasting/adaptive-conformal.js';
import { CORRECTION_INPUTS } from '../../domain/forecasting/correction.js';
import { JUDGED_MINUTES } from '../../domain/forecasting/horizons.js';
import { SERVING_NAMES } from '../../domain/forecasting/model.js';
import { PATTERN_KINDS, SIGHTING_UNITS } from '../../domain/patterns/clinical/candidate.js';
import { type RiskName, RISKS } from '../../domain/patterns/risk/low-risk.js';
import { Instant } from '../../common/wire.js';

const Count = z.number().int();

const TooLittleData = z
  .object({ status: z.literal('too-little-data'), missing: z.array(z.string()) })
  .meta({ id: 'TooLittleData' });

const Stretch = z
  .object({
    from: Instant,
    until: Instant.meta({ description: 'The instant of the last sample.' }),
    levelMgdl: z.number().meta({ description: 'mean' }),
    lowestMgdl: z.number(),
    highestMgdl: z.number(),
    amplitudeMgdl: z.number(),
    isFlat: z.boolean(),
    isCensored: z.boolean().meta({ description: 'Whether the sensor was at its limit.' }),
  })
  .meta({ id: 'GlucoseStretch' });
const likeness = z
  .number()
  .nullable()
  .meta({ description: 'Correlation of the two shapes, -1 to 1; null where one of them is flat.' });

const Shapes = z
  .object({
    status: z.literal('done'),
    completeDays: z.number(),
    stepMinutes: z.number(),
    motifs: z.array(z.object({ levelSpreadMgdl: z.number(), places: z.array(Stretch.extend({ likeness })) })),
    strangeShapes: z.array(Stretch.extend({ likeness, nearest: Stretch })),
    strangeLevels: z.array(Stretch.extend({ differenceMgdl: z.number(), nearest: Stretch })),
  })
  .meta({ id: 'ShapesResult' });

const Interval = { value: z.number(), low: z.number(), high: z.number() };

const Influences = z
  .object({
    status: z.literal('done'),
    findings: z.array(
      z.object({
        exposure: z.string(),
        outcome: z.string(),
        lag: Count.meta({ description: 'days' }),
        per: z.object({ amount: z.number(), unit: z.string() }),
        effect: z.object({ ...Interval, unit: z.enum(['mg/dL', 'percentage points']) }),
        samples: Count,
        adjustedP: z.number(),
        text: z.string(),
        trial: z.object({ daysOfEachKind: Count, text: z.string() }).nullable(),
      }),
    ),
    tested: Count,
    falseDiscoveryRate: z.number(),
    setAside: z.record(z.string(), z.string()),
  })
  .meta({ id: 'InfluencesResult' });

const Rules = z
  .object({
    status: z.literal('done'),
    candidates: Count,
    rules: z.array(
      z.object({
        text: z.string(),
        learned: z.object({ antecedents: z.array(z.string()), consequents: z.array(z.string()) }),
        tested: z.object({
          days: Count,
          daysWithConditions: Count,
          shareWith: z.number(),
          shareWithout: z.number(),
          difference: z.object(Interval),
          adjustedP: z.number(),
        }),
      }),
    ),
  })
  .meta({ id: 'RulesResult' });

const Links = z
  .object({
    status: z.literal('done'),
    variables: z.array(z.object({ name: z.string(), unit: z.string() })),
    links: z.array(
      z.object({
        source: z.string(),
        target: z.string(),
        lag: Count.meta({ description: 'steps of the grid' }),
        kind: z.enum(['memory', 'link']),
        partialCorrelation: z.number(),
        adjustedP: z.number(),
      }),
    ),
    unusable: z.record(z.string(), z.string()),
  })
  .meta({ id: 'LinksResult' });

const share = z.number().nullable().meta({ description: '0 to 1; null where nothing could be judged' });
const Model = z.enum(SERVING_NAMES);

const Switch = z.object({ from: Model, to: Model, at: z.number() }).nullable();

const Horizons = z.array(
  z.object({
    minutes: Count,
    forecasts: Count,
    rmseMgdl: z.number().nullable(),
    maeMgdl: z.number().nullable(),
    within50: share.optional(),
    within80: share,
    within90: share.optional(),
    within95: share,
    width80Mgdl: z.number().nullable(),
    parkesAB: share,
  }),
);

/** What is optional is missing from answers of earlier versions. */
export const ForecastCheck = z
  .object({
    status: z.literal('done'),
    choice: z.object({
      model: Model,
      reason: z.enum(['too-few-scored', 'best', 'not-better-enough']),
      scored: Count,
      maeMgdl: z.partialRecord(Model, z.number()).meta({ description: 'at 60 minutes' }),
      switched: Switch,
      lastSwitch: Switch.optional(),
      basis: z.enum(['as-issued', 'replayed']).optional().meta({ description: 'What the model was chosen by.' }),
    }),
    correctionMgdl: z
      .array(z.number())
      .length(JUDGED_MINUTES.length * CORRECTION_INPUTS)
      .nullable()
      .optional()
      .meta({
        description: "What the person's own model adds to the network: a row per judged horizon.",
      }),
    calibrationMgdl: z.array(z.number()).nullable().meta({
      description: 'What the ends of each interval move outwards: a row per step, four intervals, the widest first.',
    }),
    followed: z
      .object({
        until: z.number().meta({ description: 'seconds since the epoch' }),
        missShares: z.array(z.number()).length(JUDGED_MINUTES.length * FOLLOWED_INTERVALS.length),
      })
      .optional()
      .meta({
        description:
          'The shares of misses that intervals were built for at the end: a row per judged horizon, of the 95 % interval and the 80 % one.',
      }),
    horizons: Horizons.meta({ description: 'Replayed on the record as it is.' }),
    issued: z
      .object({
        horizons: Horizons,
        lowAlarms: z.array(
          z.object({
            withinMinutes: Count,
            chance: z.number().meta({ description: 'An alarm sounds from this chance of a value below 70 mg/dL on.' }),
            lows: Count,
            sensitivity: share,
            falseADay: z.number().nullable(),
            medianLeadMinutes: z.number().nullable(),
          }),
        ),
      })
      .nullable()
      .optional()
      .meta({ description: 'The same of forecasts as they were issued; null where none was.' }),
  })
  .meta({ id: 'ForecastCheckResult' });

const PatternName = {
  kind: z.enum(PATTERN_KINDS),
  part: z.string().nullable().meta({ description: 'Part of the day or meal, such as `night` or `breakfast`.' }),
};

const Sightings = z.array(z.object({ day: z.iso.date(), at: Instant.nullable() }));

const ClinicalPattern = z
  .object({
    ...PatternName,
    seen: z.object({
      count: Count,
      of: Count.meta({ description: 'All that had enough data to show it.' }),
      unit: z.enum(SIGHTING_UNITS),
      expectedByChance: z.number().nullable().meta({ description: 'Null where the test is not one of counts.' }),
      newest: Sightings,
    }),
    likely: z
      .object({ count: Count, newest: Sightings })
      .nullable()
      .meta({ description: 'What probably was so once the error of the sensor is allowed for; null where it is not.' }),
    test: z.string(),
    p: z.number(),
    adjustedP: z.number().meta({ description: 'By Benjamini and Hochberg, over all that was tested in this record.' }),
    effect: z.object({
      value: z.number(),
      low: z.number().nullable(),
      high: z.number().nullable(),
      unit: z.enum(['mg/dL', 'percentage points']),
    }),
    text: z.string(),
    isNot: z.string().meta({ description: 'What it must not be taken for.' }),
  })
  .meta({ id: 'ClinicalPattern' });

const Patterns = z
  .object({
    status: z.literal('done'),
    found: z.array(ClinicalPattern),
    notFound: z.array(ClinicalPattern).meta({ description: 'Looked for, and not beyond chance or too small.' }),
    unanswered: z.array(z.object({ ...PatternName, missing: z.string() })),
    tested: Count,
    falseDiscoveryRate: z.number(),
    caution: z.string(),
  })
  .meta({ id: 'PatternsResult' });

const LowRisk = z
  .object({
    name: z.enum(Object.keys(RISKS) as [RiskName, ...RiskName[]]),
    chance: z.number().meta({ description: '0 to 1' }),
    reasons: z.array(z.object({ text: z.string(), raises: z.boolean() })),
    heldOut: z
      .object({ people: Count, fortnights: Count, events: Count, expected: z.number() })
      .meta({ description: 'On real people whom the model had not seen.' }),
    text: z.string(),
    trust: z.string(),
  })
  .meta({ id: 'LowRisk' });

export const LowRisks = z
  .object({
    status: z.literal('done'),
    measuredDays: Count,
    statistics: z.object({ below70: z.number(), below54: z.number(), mean: z.number(), variation: z.number() }),
    risks: z.array(LowRisk),
    version: z.string().meta({ description: 'Of the model.' }),
    isNot: z.string(),
  })
  .meta({ id: 'LowRisksResult' });

/**
 * What analyses answer: of `matrix-profile`, `influences`, `rules`, `pcmci`, `patterns`, `risk` and `forecast`, in this order, or
 * that there is too little.
 */
export const MlResult = z
  .union([Shapes, Influences, Rules, Links, Patterns, LowRisks, ForecastCheck, TooLittleData])
  .meta({
    description:
      'Texts name amounts of glucose in mg/dL, for the unit of whoever reads them: `{level:70}`, `{difference:8.25}`, and `{change:-4.1}` for a difference with its sign and without its unit.',
  });
