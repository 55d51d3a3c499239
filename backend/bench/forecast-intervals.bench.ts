import { calibrate, calibrated, INTERVALS, outsideness } from '../src/domain/forecasting/conformal.js';
import { replayed } from '../src/domain/forecasting/followed-shares.js';
import { JUDGED_MINUTES, STEP_MINUTES, STEPS } from '../src/domain/forecasting/horizons.js';
import { actualAfter, forecastsAt, type Moments, momentsOf } from '../src/domain/forecasting/personal.js';
import { populationModel } from '../src/domain/forecasting/population.js';
import { type QuantileForecast, quantileOf } from '../src/domain/forecasting/quantile-forecast.js';
import type { GlucoseSeries } from '../src/domain/glycemia/series.js';
import { alwaysIn, type ZoneHistory } from '../src/domain/time/zone-history.js';
import { CHANGES, changingPerson } from './support/changing-people.js';
import { HELD_OUT_PERSON } from './support/forecast-sources.js';
import { readUomPeople } from './support/t1d-uom.js';

const DAY = 86_400;
/** Nights are looked at once a week here; the product does so each night. */
const NIGHTS_APART = 7 * DAY;
const [CALIBRATION_DAYS, CHOICE_DAYS, LEAST_FORECASTS] = [28, 14, 48];
/** 2024-03-04, a Monday. */
const FROM = Date.UTC(2024, 2, 4) / 1000;
const SIMULATED = { people: 12, firstSeed: 9_400, changesAt: FROM + 45 * DAY, until: FROM + 75 * DAY };
const BLOCK = 7 * DAY;
const LEAST_IN_BLOCK = 100;

interface Person {
  readonly series: GlucoseSeries;
  readonly zones: ZoneHistory;
  /** Forecasts from here on are judged. */
  readonly judgedFrom: number;
}

/**
 * What intervals hold that follow what came of the forecasts before them, beside those that the night fits to the person
 * alone: half-hourly forecasts of the shipped network as the product makes them, each with what was known at the time.
 */
export function run(): Promise<object[]> {
  const rows = Object.entries(groups()).flatMap(([part, people]) => {
    const judged = people.map((person) => ({ person, ...bothOf(person) }));
    return (['as the night left them', 'following'] as const).flatMap((intervals) =>
      JUDGED_MINUTES.flatMap((minutes) =>
        [0.8, 0.95].map((coverage) => {
          const ofPeople = judged.map(({ person, moments, ...forecasts }) =>
            scoreOf(person, moments, forecasts[intervals], minutes, coverage),
          );
          return { part, people: people.length, intervals, minutes, wanted: 100 * coverage, ...together(ofPeople) };
        }),
      ),
    );
  });
  return Promise.resolve(rows);
}

function groups(): Record<string, Person[]> {
  const uom = readUomPeople().map(({ id, series }) => {
    const first = series.instants[0] ?? 0;
    // Of those the network was trained on, the first 85 % of their time.
    const share = id === HELD_OUT_PERSON ? 0 : 0.85;
    const judgedFrom = first + Math.max(3 * DAY, share * ((series.instants.at(-1) ?? 0) - first));
    return { id, person: { series, zones: alwaysIn('UTC'), judgedFrom } };
  });
  const of = (isHeldOut: boolean) => uom.filter(({ id }) => (id === HELD_OUT_PERSON) === isHeldOut);
  const simulated = Object.entries(CHANGES).map(([name, change]) => {
    const people = Array.from({ length: SIMULATED.people }, (_, place) => ({
      ...changingPerson(place * 4, SIMULATED.firstSeed + place, change, { from: FROM, ...SIMULATED }),
      judgedFrom: SIMULATED.changesAt,
    }));
    return [`simulator: ${name}`, people] as const;
  });
  return {
    [`T1D-UOM ${HELD_OUT_PERSON}`]: of(true).map(({ person }) => person),
    'T1D-UOM, the other six, their last 15 %': of(false).map(({ person }) => person),
    ...Object.fromEntries(simulated),
  };
}

function bothOf({ series, zones }: Person) {
  const end = (series.instants.at(-1) ?? 0) + 1;
  const moments = momentsOf(series, zones, Number.NEGATIVE_INFINITY, end);
  const fitted = fittedByNights(moments, forecastsAt(moments, populationModel('network')));
  return { moments, 'as the night left them': fitted, following: replayed(moments, fitted, end).forecasts };
}

/** As the check of each night does it: by the four weeks before the two that models are chosen by. */
function fittedByNights(moments: Moments, forecasts: readonly QuantileForecast[]): QuantileForecast[] {
  let night = Number.NEGATIVE_INFINITY;
  let calibration: ReturnType<typeof calibrate> = null;
  return moments.histories.map(({ basedOn }, i) => {
    const latest = Math.floor(basedOn / NIGHTS_APART) * NIGHTS_APART;
    if (latest !== night) {
      night = latest;
      const until = night - CHOICE_DAYS * DAY;
      const places = [...moments.histories.keys()].filter((place) => {
        const at = moments.histories[place]!.basedOn;
        return at >= until - CALIBRATION_DAYS * DAY && at + STEPS * STEP_MINUTES * 60 < until;
      });
      const actual = places.flatMap((place) => [...moments.actual.subarray(place * STEPS, (place + 1) * STEPS)]);
      const own = places.map((place) => forecasts[place]!);
      calibration = own.length < LEAST_FORECASTS ? null : calibrate(own, actual);
    }
    return calibration ? calibrated(forecasts[i]!, calibration) : forecasts[i]!;
  });
}

interface Score {
  readonly held: number;
  readonly width: number;
  readonly intervalScore: number;
  /** How far the share of each week was from what is wanted. */
  readonly weeks: readonly number[];
}

/** `intervalScore` of Gneiting and Raftery 2007 (10.1198/016214506000001437), mg/dL: the width, and 2 / α times what is missed by. */
function scoreOf(
  { judgedFrom }: Person,
  moments: Moments,
  forecasts: readonly QuantileForecast[],
  minutes: number,
  coverage: number,
): Score {
  const { lower, upper } = INTERVALS.find((one) => Math.abs(one.coverage - coverage) < 1e-9)!;
  const met = moments.histories.flatMap(({ basedOn }, i) => {
    const actual = actualAfter(moments, i, minutes);
    if (basedOn < judgedFrom || actual === null) return [];
    const step = minutes / STEP_MINUTES;
    const [low, high] = [quantileOf(forecasts[i]!, step, lower), quantileOf(forecasts[i]!, step, upper)];
    const outside = Math.max(0, outsideness(low, high, actual));
    const week = Math.floor((basedOn - judgedFrom) / BLOCK);
    return [{ week, held: Number(outside === 0), width: high - low, outside }];
  });
  const heldOf = (some: typeof met): number => mean(some.map(({ held }) => held));
  const weeks = [...new Set(met.map(({ week }) => week))].map((week) => met.filter((one) => one.week === week));
  return {
    held: heldOf(met),
    width: mean(met.map(({ width }) => width)),
    intervalScore: mean(met.map(({ width, outside }) => width + (2 / (1 - coverage)) * outside)),
    weeks: weeks.filter((week) => week.length >= LEAST_IN_BLOCK).map((week) => Math.abs(heldOf(week) - coverage)),
  };
}

const together = (scores: readonly Score[]) => ({
  held: percent(mean(scores.map(({ held }) => held))),
  least: percent(Math.min(...scores.map(({ held }) => held))),
  most: percent(Math.max(...scores.map(({ held }) => held))),
  weekOff: percent(mean(scores.flatMap(({ weeks }) => weeks))),
  width: mean(scores.map(({ width }) => width)),
  intervalScore: mean(scores.map(({ intervalScore }) => intervalScore)),
});

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const percent = (share: number): number => Number((100 * share).toFixed(1));
