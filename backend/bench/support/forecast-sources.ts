import type { TrainingSource } from '../../src/domain/forecasting/fitting/batches.js';
import { addSeriesWindows } from '../../src/domain/forecasting/fitting/series-windows.js';
import { WindowCollector, type WindowSet } from '../../src/domain/forecasting/fitting/window-set.js';
import { wallClockAt } from '../../src/domain/time/zone-history.js';
import {
  type GlucoBenchSet,
  readGlucoBench,
  TRAINING_HISTORY,
  windowsOfRanges,
} from '../../src/commands/evaluate-forecast/glucobench-set.js';
import { POPULATION_SPLIT } from '../../src/commands/evaluate-forecast/fit-split.js';
import { glucoBenchFolder } from './reference.js';
import { wearer } from './simulated-wearers.js';
import { readUomPeople, type UomPerson, wallMinute } from './t1d-uom.js';

export interface NamedWindows {
  readonly name: string;
  readonly windows: WindowSet;
}

const SHARES = { hall: 0.2, colas: 0.15, uom: 0.4, simulator: 0.25 } as const;
/** Never learned from, so that something can be said about people with type 1 diabetes whom the models do not know. */
export const HELD_OUT_PERSON = '2304';
/** The last part of each person's time is for validation. */
const TRAINED_SHARE = 0.85;
const TRAINED_PEOPLE = { firstSeed: 9_000, count: 30, days: 10 };
const VALIDATION_PEOPLE = { firstSeed: 9_100, count: 10, days: 3 };
const HELD_OUT_PEOPLE = { firstSeed: 9_200, count: 10, days: 5 };
/** 2024-03-04, a Monday. */
const FROM = Date.UTC(2024, 2, 4) / 1000;

const everything = { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };

/** What the shipped models are trained on, and what their training is judged by. */
export function populationSources(): {
  sources: readonly (TrainingSource & NamedWindows)[];
  validation: readonly NamedWindows[];
} {
  const people = readUomPeople().filter(({ id }) => id !== HELD_OUT_PERSON);
  const hall = needed('hall');
  const colas = needed('colas');
  return {
    sources: [
      { name: 'Hall, training part', windows: trainingPart(hall), share: SHARES.hall },
      { name: 'Colas, training part', windows: trainingPart(colas), share: SHARES.colas },
      { name: `T1D-UOM without ${HELD_OUT_PERSON}`, windows: uomWindows(people, 'train', 1), share: SHARES.uom },
      { name: 'simulator', windows: simulated(TRAINED_PEOPLE, 2), share: SHARES.simulator },
    ],
    validation: [
      { name: 'Hall', windows: validationPart(hall) },
      { name: 'Colas', windows: validationPart(colas) },
      { name: 'T1D-UOM', windows: uomWindows(people, 'val', 3) },
      { name: 'simulator', windows: simulated(VALIDATION_PEOPLE, 3) },
    ],
  };
}

/** People and days that the shipped models have not seen in any way. */
export function heldOut(): NamedWindows[] {
  const people = readUomPeople().filter(({ id }) => id === HELD_OUT_PERSON);
  const collector = new WindowCollector();
  for (const { series } of people)
    addSeriesWindows(collector, series, { ...everything, stride: 2, minuteOfDayAt: wallMinute });
  return [
    { name: `T1D-UOM ${HELD_OUT_PERSON}`, windows: collector.windows() },
    { name: 'simulator, other people', windows: simulated(HELD_OUT_PEOPLE, 3) },
  ];
}

function needed(name: string): GlucoBenchSet {
  const set = readGlucoBench(glucoBenchFolder(name));
  if (!set) throw new Error(`no ${name} under REFERENCE_DATA`);
  return set;
}

const trainingPart = (set: GlucoBenchSet): WindowSet =>
  windowsOfRanges(set, set.splits[POPULATION_SPLIT]!.train, { leastHistory: TRAINING_HISTORY });
const validationPart = (set: GlucoBenchSet): WindowSet =>
  windowsOfRanges(set, set.splits[POPULATION_SPLIT]!.val, { stride: 3 });

function uomWindows(people: readonly UomPerson[], part: 'train' | 'val', stride: number): WindowSet {
  const collector = new WindowCollector();
  for (const { series } of people) {
    const first = series.instants[0] ?? 0;
    const cut = first + TRAINED_SHARE * ((series.instants.at(-1) ?? 0) - first);
    const span = part === 'train' ? { ...everything, until: cut } : { ...everything, from: cut };
    addSeriesWindows(collector, series, { ...span, stride, minuteOfDayAt: wallMinute });
  }
  return collector.windows();
}

function simulated({ firstSeed, count, days }: typeof TRAINED_PEOPLE, stride: number): WindowSet {
  const collector = new WindowCollector();
  for (let place = 0; place < count; place++) {
    const { series, zones } = wearer(place, firstSeed + place, FROM, days);
    const minuteOfDayAt = (instant: number): number => Math.floor((wallClockAt(zones, instant) % 86_400) / 60);
    addSeriesWindows(collector, series, { ...everything, stride, minuteOfDayAt });
  }
  return collector.windows();
}
