import { type Correction, corrected } from '../src/domain/forecasting/correction.js';
import { fitCorrection } from '../src/domain/forecasting/fitting/fit-correction.js';
import { pinball } from '../src/domain/forecasting/fitting/pinball.js';
import { JUDGED_MINUTES, LEVELS, STEP_MINUTES, STEPS } from '../src/domain/forecasting/horizons.js';
import { COMPARED_MINUTES } from '../src/domain/forecasting/issued.js';
import type { ServingName } from '../src/domain/forecasting/model.js';
import { chooseModel } from '../src/domain/forecasting/model-choice.js';
import { notedAt, type NotedIntake } from '../src/domain/forecasting/on-board.js';
import { actualAfter, forecastsAt, type Moments, momentsOf } from '../src/domain/forecasting/personal.js';
import { populationModel } from '../src/domain/forecasting/population.js';
import { medianAfter, type QuantileForecast, quantileOf } from '../src/domain/forecasting/quantile-forecast.js';
import { mae, rmse } from '../src/domain/forecasting/scores.js';
import { ROSTER } from '../src/domain/simulator/clinic-roster.js';
import { NAMED, PERSONAS } from '../src/domain/simulator/personas.js';
import { alwaysIn } from '../src/domain/time/zone-history.js';
import { recordedPerson } from './support/recorded-people.js';
import { readUomPeople } from './support/t1d-uom.js';
import { readUomIntake } from './support/t1d-uom-records.js';

const DAY = 86_400;
/** Nights are looked at once a week here; the product does so each night. */
const NIGHTS_APART = 7 * DAY;
const [CALIBRATION_DAYS, CHOICE_DAYS] = [28, 14];
const FROM = Date.UTC(2024, 2, 4) / 1000;
const SIMULATED = { people: 14, firstSeed: 9_600, days: 84 };
/** Whose records one correction for everybody learns from, when simulated people are judged. */
const TEACHERS = { people: 14, firstSeed: 9_500, days: 28 };

interface Person {
  readonly id: string;
  readonly moments: Moments;
  readonly network: readonly QuantileForecast[];
  readonly intake: NotedIntake;
}

type Forecasts = readonly QuantileForecast[];

/**
 * What insulin, carbohydrate and activity add to the network: by one correction that was fitted to other people, and by each
 * person's own as the nights fit and choose it. Every forecast is judged on days that nothing was fitted to.
 */
export function run(): Promise<object[]> {
  const uom = readUomPeople().flatMap(({ id, series }) => {
    const intake = readUomIntake(id);
    const moments = momentsOf(series, alwaysIn('UTC'), Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
    return intake ? [personOf(id, moments, intake)] : [];
  });
  const teachers = simulated(TEACHERS);
  const others = new Map(uom.map((one) => [one.id, fitCorrection(uom.filter((other) => other !== one).map(sourceOf))]));
  const taught = fitCorrection(teachers.map(sourceOf));
  return Promise.resolve([
    ...rowsOf('T1D-UOM', uom, ({ id }) => others.get(id) ?? null),
    ...uom.flatMap((one) => rowsOf(`T1D-UOM ${one.id}`, [one], () => null)),
    ...rowsOf('simulator', simulated(SIMULATED), () => taught),
    ...rowsOf('T1D-UOM, taught by the simulator', uom, () => taught).filter((row) => row.model.startsWith('one')),
  ]);
}

const personOf = (id: string, moments: Moments, intake: NotedIntake): Person => ({
  id,
  moments,
  intake,
  network: forecastsAt(moments, populationModel('network')),
});

const sourceOf = ({ moments, network, intake }: Person) => ({ moments, forecasts: network, intake });

function simulated({ people, firstSeed, days }: typeof SIMULATED): Person[] {
  return Array.from({ length: people }, (_, place) => {
    const entry = ROSTER[(place * 4) % ROSTER.length]!;
    const persona = { ...PERSONAS, ...NAMED }[entry.persona];
    const { history } = recordedPerson(persona, firstSeed + place, { zone: entry.zone, from: FROM, days });
    const moments = momentsOf(history.glucose, history.zones, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
    return personOf(String(place), moments, {
      doses: history.doses.filter(({ type }) => type !== 'basal'),
      meals: history.meals.flatMap(({ instant, carbsGrams }) => (carbsGrams ? [{ instant, carbsGrams }] : [])),
      activities: history.activities.flatMap(({ from, until }) => (until === null ? [] : [{ from, until }])),
    });
  });
}

function rowsOf(part: string, people: readonly Person[], learnedFromOthers: (person: Person) => Correction | null) {
  const said = people.map((person) => {
    const { moments, network, intake } = person;
    const other = learnedFromOthers(person);
    const apply = (correction: Correction | null, i: number): QuantileForecast =>
      correction ? corrected(network[i]!, moments.histories[i]!, intake, correction) : network[i]!;
    const nights = byNights(person);
    const byName: Record<string, Forecasts> = {
      network,
      ...(other && { 'one correction for all': network.map((_, i) => apply(other, i)) }),
      'own correction, always': network.map((_, i) => apply(nights[i]?.correction ?? null, i)),
      'own correction, where chosen': network.map((_, i) => apply(nights[i]?.chosen ?? null, i)),
    };
    const isNoted = moments.histories.map(({ basedOn }) => {
      const { doses, meals } = notedAt(intake, basedOn);
      return doses.length + meals.length > 0;
    });
    return { moments, nights, byName, isNoted };
  });
  const names = Object.keys(said[0]?.byName ?? {});
  return (['with records', 'without'] as const).flatMap((records) =>
    JUDGED_MINUTES.flatMap((minutes) =>
      names.map((model) => {
        const met = said.flatMap(({ moments, nights, byName, isNoted }) =>
          moments.histories.flatMap((_, i) => {
            const actual = actualAfter(moments, i, minutes);
            const counts = actual !== null && nights[i] !== null && isNoted[i] === (records === 'with records');
            return counts ? [{ forecast: byName[model]![i]!, actual, chosen: nights[i]!.chosen !== null }] : [];
          }),
        );
        const values = met.map(({ forecast, actual }) => ({ median: medianAfter(forecast, minutes), actual }));
        return {
          part,
          records,
          minutes,
          model,
          forecasts: met.length,
          rmse: rmse(values),
          mae: mae(values),
          pinball: met.reduce((sum, one) => sum + lossOf(one.forecast, minutes, one.actual), 0) / met.length,
          chosen: Math.round((100 * met.filter(({ chosen }) => chosen).length) / met.length),
        };
      }),
    ),
  );
}

interface Night {
  readonly correction: Correction | null;
  /** The correction where the night chose it. */
  readonly chosen: Correction | null;
}

/** As the check of each night does it: fitted to four weeks, chosen by the two after them. `null` before six weeks are there. */
function byNights({ moments, network, intake }: Person): (Night | null)[] {
  const first = moments.histories[0]!.basedOn;
  let night: Night | null = null;
  let at = Number.NEGATIVE_INFINITY;
  let serving: ServingName = 'network';
  return moments.histories.map(({ basedOn }) => {
    const latest = Math.floor(basedOn / NIGHTS_APART) * NIGHTS_APART;
    if (latest === at) return night;
    at = latest;
    if (at - first < CALIBRATION_DAYS * DAY) return night;
    const judgedFrom = at - CHOICE_DAYS * DAY;
    const before = part(moments, network, judgedFrom - CALIBRATION_DAYS * DAY, judgedFrom);
    const correction = fitCorrection([{ ...before, intake }]);
    const judged = part(moments, network, judgedFrom, at);
    const scored = judged.moments.histories.flatMap((history, i) => {
      const actual = actualAfter(judged.moments, i, COMPARED_MINUTES);
      if (actual === null || !correction) return [];
      const error = (said: QuantileForecast) => Math.abs(medianAfter(said, COMPARED_MINUTES) - actual);
      const own = corrected(judged.forecasts[i]!, history, intake, correction);
      return [{ at: history.basedOn, errorsMgdl: { network: error(judged.forecasts[i]!), personal: error(own) } }];
    });
    serving = correction ? chooseModel(serving, scored, at).model : 'network';
    night = { correction, chosen: serving === 'personal' ? correction : null };
    return night;
  });
}

/** Moments of a stretch whose last value was read before its end. */
function part(moments: Moments, forecasts: Forecasts, from: number, until: number) {
  const places = [...moments.histories.keys()].filter((i) => {
    const { basedOn } = moments.histories[i]!;
    return basedOn >= from && basedOn + STEPS * STEP_MINUTES * 60 < until;
  });
  const actual = new Float64Array(places.length * STEPS);
  places.forEach((place, i) => actual.set(moments.actual.subarray(place * STEPS, (place + 1) * STEPS), i * STEPS));
  return {
    moments: {
      histories: places.map((place) => moments.histories[place]!),
      minutesOfDay: places.map((place) => moments.minutesOfDay[place]!),
      actual,
    },
    forecasts: places.map((place) => forecasts[place]!),
  };
}

const lossOf = (forecast: QuantileForecast, minutes: number, actual: number): number =>
  LEVELS.reduce(
    (sum, level, place) => sum + pinball(level, quantileOf(forecast, minutes / STEP_MINUTES, place), actual),
    0,
  ) / LEVELS.length;
