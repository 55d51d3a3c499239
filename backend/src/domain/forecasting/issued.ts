import type { GlucoseSeries } from '../glycemia/series.js';
import { minuteOfDayAt, type ZoneHistory } from '../time/zone-history.js';
import { builtFor, type MissShares } from './adaptive-conformal.js';
import { type Calibration, calibrated } from './conformal.js';
import { type Correction, corrected } from './correction.js';
import { type GlucoseHistory, historyAt, type Silence } from './history.js';
import { type FollowedShares, followShares, type IssuedIntervals } from './followed-shares.js';
import { JUDGED_MINUTES, LEVELS, STEP_MINUTES } from './horizons.js';
import { forecastOf, MODEL_NAMES, type ModelName, type ServingName } from './model.js';
import type { NotedIntake } from './on-board.js';
import type { ModelSwitch } from './model-choice.js';
import { populationModel } from './population.js';
import { chanceBelowWithin, medianAfter, type QuantileForecast, quantileOf } from './quantile-forecast.js';

/** What serves a person: a model, and what the night found it and its intervals to need. */
export interface Serving {
  readonly model: ServingName;
  /** What the network misses of this person; `null` where too little is known, and then `model` is none but a shipped one. */
  readonly correction: Correction | null;
  readonly calibration: Calibration | null;
  /** Where the intervals had got to that night. */
  readonly followed: FollowedShares | null;
}

/** Before the first night: the network as it ships. */
export const SHIPPED: Serving = { model: 'network', correction: null, calibration: null, followed: null };

/** What is known of a person when a forecast is made. */
export interface KnownOfPerson {
  readonly series: GlucoseSeries;
  readonly zones: ZoneHistory;
  /** What was issued lately, ascending, one each half hour. */
  readonly issued: readonly IssuedIntervals[];
  /** Of the last six hours at least. */
  readonly intake: NotedIntake;
}

/** A forecast as a person is given it. */
export interface PersonalForecast {
  readonly history: GlucoseHistory;
  readonly forecast: QuantileForecast;
  /** What each model says by itself. */
  readonly plain: PlainForecasts;
  /** What its intervals are built for, by what came of forecasts until the reading it starts from. */
  readonly shares: MissShares;
}

type PlainForecasts = Readonly<Record<ModelName, QuantileForecast> & { readonly personal: QuantileForecast | null }>;

/** From what had been read at an instant, in seconds since the epoch; or why there is none. */
export function personalForecast(
  { series, zones, issued, intake }: KnownOfPerson,
  instant: number,
  { model, correction, calibration, followed }: Serving,
): PersonalForecast | Silence {
  const history = historyAt(series, instant);
  if (typeof history === 'string') return history;
  const minuteOfDay = minuteOfDayAt(zones, history.basedOn);
  const shipped = Object.fromEntries(
    MODEL_NAMES.map((name) => [name, forecastOf(populationModel(name), history, minuteOfDay)]),
  ) as Record<ModelName, QuantileForecast>;
  const personal = correction && corrected(shipped.network, history, intake, correction);
  const plain = { ...shipped, personal };
  const chosen = plain[model] ?? shipped.network;
  const fitted = calibration ? calibrated(chosen, calibration) : chosen;
  const shares = followShares(followed, issued, series, history.basedOn);
  return { history, forecast: builtFor(fitted, shares), plain, shares };
}

/** mg/dL below which lows begin that forecasts are asked about. */
export const LOW_MGDL = 70;
/** The horizon at which models are compared. */
export const COMPARED_MINUTES = 60;

/** The person's own is missing where there is none. */
export type Medians = Readonly<Record<ModelName, number> & { readonly personal?: number }>;

/** A forecast that was issued, as far as it is kept to be judged. */
export interface IssuedForecast {
  /** Seconds since the epoch of the reading that it starts from. */
  readonly basedOn: number;
  readonly model: ServingName;
  readonly version: string;
  /** Tenths of mg/dL; a row for each of `JUDGED_MINUTES`, a column per level. */
  readonly quantiles: Int16Array;
  /** The chance of a low within 30 and within 60 minutes, 0 to 1. */
  readonly lowWithin30: number;
  readonly lowWithin60: number;
  /** mg/dL: what each model would have called the middle after `COMPARED_MINUTES`. */
  readonly medians: Medians;
}

/** What is kept of a forecast, with what the other models would have said. */
export function issuedFrom(
  { history, forecast, plain }: PersonalForecast,
  model: ServingName,
  version: string,
): IssuedForecast {
  const quantiles = JUDGED_MINUTES.flatMap((minutes) =>
    LEVELS.map((_, level) => Math.round(quantileOf(forecast, minutes / STEP_MINUTES, level) * 10)),
  );
  const medians = Object.entries(plain).flatMap(([name, said]) =>
    said ? [[name, Math.round(medianAfter(said, COMPARED_MINUTES) * 10) / 10]] : [],
  );
  return {
    basedOn: history.basedOn,
    model,
    version,
    quantiles: Int16Array.from(quantiles),
    lowWithin30: chanceBelowWithin(forecast, 30, LOW_MGDL),
    lowWithin60: chanceBelowWithin(forecast, 60, LOW_MGDL),
    medians: Object.fromEntries(medians) as Medians,
  };
}

/** A kept quantile, mg/dL, by the places in `JUDGED_MINUTES` and `LEVELS`. */
export const issuedQuantile = ({ quantiles }: IssuedForecast, horizon: number, level: number): number =>
  quantiles[horizon * LEVELS.length + level]! / 10;

/** What is known of a person's forecasts until now. */
export interface ForecastRecord {
  /** What served until now, as the last night chose it. */
  readonly serving: ServingName;
  readonly lastSwitch: ModelSwitch | null;
  /** Those of the window, ascending by the reading they start from. */
  readonly issued: readonly IssuedForecast[];
}
