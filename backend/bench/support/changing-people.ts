import { ROSTER } from '../../src/domain/simulator/clinic-roster.js';
import { createSubject } from '../../src/domain/simulator/create-subject.js';
import { emptyOutput } from '../../src/domain/simulator/events.js';
import { settledAt } from '../../src/domain/simulator/fit.js';
import { NAMED, PERSONAS } from '../../src/domain/simulator/personas.js';
import { Simulation } from '../../src/domain/simulator/simulation.js';
import type { Subject } from '../../src/domain/simulator/subject.js';
import type { GlucoseSeries } from '../../src/domain/glycemia/series.js';
import { alwaysIn, type ZoneHistory } from '../../src/domain/time/zone-history.js';

/** How somebody may live from one day to the next. */
export const CHANGES: Readonly<Record<string, (subject: Subject) => Subject>> = {
  'nothing changes': (subject) => subject,
  'larger meals, boluses missed': (subject) => ({
    ...subject,
    habits: {
      ...subject.habits,
      missedBolus: Math.max(0.5, subject.habits.missedBolus),
      gramsCv: subject.habits.gramsCv * 1.6,
      estimateCv: subject.habits.estimateCv * 2,
      meals: subject.habits.meals.map((meal) => ({ ...meal, grams: meal.grams * 1.5 })),
    },
  }),
  'half the meal, no bolus missed': (subject) => ({
    ...subject,
    habits: {
      ...subject.habits,
      missedBolus: 0,
      gramsCv: subject.habits.gramsCv / 2,
      estimateCv: subject.habits.estimateCv / 2,
      meals: subject.habits.meals.map((meal) => ({ ...meal, grams: meal.grams / 2 })),
    },
  }),
};

/** A person of the roster, as another seed makes them, who lives otherwise from an instant on. */
export function changingPerson(
  place: number,
  seed: number,
  change: (subject: Subject) => Subject,
  { from, changesAt, until }: { readonly from: number; readonly changesAt: number; readonly until: number },
): { series: GlucoseSeries; zones: ZoneHistory } {
  const entry = ROSTER[place % ROSTER.length]!;
  const zones = alwaysIn(entry.zone);
  const persona = { ...PERSONAS, ...NAMED }[entry.persona];
  const before = settledAt(createSubject(persona, seed, { zones, unit: entry.unit }), from);
  const output = emptyOutput();
  before.advance(changesAt, output);
  Simulation.resume(change(before.subject), before.save()).advance(until, output);
  const readings = output.readings.sort((a, b) => a.instant - b.instant);
  return {
    zones,
    series: {
      instants: Float64Array.from(readings, ({ instant }) => instant),
      tenths: Int16Array.from(readings, ({ tenths }) => tenths),
      flags: Uint8Array.from(readings, ({ flags }) => flags),
    },
  };
}
