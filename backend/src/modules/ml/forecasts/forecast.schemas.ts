import * as z from 'zod';
import { Instant } from '../../../common/wire.js';
import { SERVING_NAMES } from '../../../domain/forecasting/model.js';
import { ForecastCheck } from '../result.schemas.js';

const mgdl = z.number();
const share = z.number().meta({ description: '0 to 1' });

export const ForecastStep = z
  .object({
    minutes: z.number().int().meta({ description: 'after the reading it is based on' }),
    q025: mgdl,
    q05: mgdl,
    q10: mgdl,
    q25: mgdl,
    q50: mgdl,
    q75: mgdl,
    q90: mgdl,
    q95: mgdl,
    q975: mgdl,
  })
  .meta({ id: 'ForecastStep' });
export type ForecastStep = z.infer<typeof ForecastStep>;

const IssuedForecast = z
  .object({
    issuedAt: Instant,
    basedOnReadingAt: Instant,
    lastMgdl: mgdl.meta({ description: 'The value of that reading.' }),
    model: z.enum(SERVING_NAMES),
    version: z.string(),
    unit: z.literal('mg/dL'),
    steps: z.array(ForecastStep),
    lowWithin: z
      .object({ '30': share, '60': share })
      .meta({ description: 'Chance of a value below 70 mg/dL at some step within so many minutes: a floor.' }),
    calibratedToPerson: z
      .boolean()
      .meta({ description: "Whether the intervals are fitted to the person's own record." }),
    intervals: z.array(z.object({ minutes: z.number().int(), builtFor80: share, builtFor95: share })).meta({
      description:
        'What the intervals of 80 and 95 % are built for now, so that by what came of forecasts lately they hold as often as they are called.',
    }),
    coverage: ForecastCheck.shape.horizons.nullable().meta({
      description: 'How forecasts like this one did for the person in 14 days; null where they were not looked at.',
    }),
  })
  .meta({ id: 'IssuedForecast' });
export type IssuedForecast = z.infer<typeof IssuedForecast>;

const NoForecast = z
  .object({
    unavailable: z.enum(['stale', 'too-few-readings', 'out-of-range']).meta({
      description: 'The last reading is too old; too little is known of the last hours; the sensor is at its limit.',
    }),
  })
  .meta({ id: 'NoForecast' });

export const Forecast = z.union([IssuedForecast, NoForecast]).meta({ id: 'Forecast' });
export type Forecast = z.infer<typeof Forecast>;

export const ForecastModel = z
  .object({
    model: z.enum(SERVING_NAMES).meta({ description: 'What serves now.' }),
    version: z.string(),
    check: ForecastCheck.nullable().meta({ description: 'What the last night found; null before the first.' }),
  })
  .meta({ id: 'ForecastModel' });
export type ForecastModel = z.infer<typeof ForecastModel>;
