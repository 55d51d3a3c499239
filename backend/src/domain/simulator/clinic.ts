import { type ZoneHistory, localDayAt, startOfDayAt } from '../time/zone-history.js';
import { localDay, SECONDS_PER_DAY, startOfDay } from '../time/zone.js';
import { ROSTER, type RosterEntry } from './clinic-roster.js';
import { createSubject, type SubjectOptions } from './create-subject.js';
import { emptyOutput, type Output } from './events.js';
import { fitSubject, settledAt } from './fit.js';
import { NAMED, type Persona, PERSONAS } from './personas.js';
import { Random } from './random.js';
import type { SimulationState } from './state.js';
import type { Subject } from './subject.js';

export const HISTORY_DAYS = 90;

export interface DemoPatient extends RosterEntry {
  readonly diabetesType: Persona['diabetesType'];
  readonly subject: Subject;
  /** The history's first instant: a local midnight, ninety whole days before today. */
  readonly from: number;
  /** Its last: now, or the day on which this patient fell silent. */
  readonly until: number;
  readonly silent: boolean;
}

/** Time in range the three named people are known for, percent, and the dose factors that span it. */
const GOALS = {
  alice: { timeInRange: 85, doseFactors: [0.55, 0.95] },
  bob: { timeInRange: 60, doseFactors: [0.5, 1.7] },
  carol: { timeInRange: 75, doseFactors: [0.7, 1.05] },
} as const;
const CANDIDATES = 8;
const STREAM = 21;
const SILENT_DAYS = 4;
const JOURNEY = { zone: 'Asia/Tokyo', leavesDaysAgo: 41, returnsDaysAgo: 29 };
const DRIFT = { perDay: 0.005, daysAgo: 45 };

/**
 * The demo clinic as it stands at `now` (seconds since the epoch): thirty people, the same for the same seed and instant.
 */
export const demoClinic = (seed: number, now: number): DemoPatient[] =>
  ROSTER.map((_, index) => demoPatient(seed, index, now));

/** One of the clinic's people, by place in the roster. */
export function demoPatient(seed: number, index: number, now: number): DemoPatient {
  const entry = ROSTER[index];
  if (!entry) throw new RangeError(`the demo clinic has no patient ${index}`);
  const zones = zonesOf(entry, now);
  const from = startOfDayAt(zones, localDayAt(zones, now) - HISTORY_DAYS);
  const silent = entry.story === 'silent';
  const until = silent ? now - SILENT_DAYS * SECONDS_PER_DAY : now;
  const subjectSeed = (seed * 1009 + index * 7919) >>> 0;
  const options: SubjectOptions = {
    zones,
    // Some are dosed short, some a little over: a panel needs both.
    doseFactor: Random.seeded(subjectSeed, STREAM).uniform(0.9, 1.06),
    unit: entry.unit,
    ...(entry.story === 'worsens'
      ? { driftPerDay: DRIFT.perDay, driftFrom: now - DRIFT.daysAgo * SECONDS_PER_DAY }
      : {}),
  };
  const persona = personaOf(entry);
  const subject = isNamed(entry.persona)
    ? fitSubject(candidates(persona, subjectSeed, options), { ...GOALS[entry.persona], from, until })
    : createSubject(persona, subjectSeed, options);
  return { ...entry, diabetesType: persona.diabetesType, subject, from, until, silent };
}

/** Everything a demo patient's history brought, and the state from which the live feed goes on. */
export function demoHistory({ subject, from, until }: DemoPatient): { output: Output; state: SimulationState } {
  const simulation = settledAt(subject, from);
  const output = simulation.advance(until, emptyOutput());
  return { output, state: simulation.save() };
}

const isNamed = (code: RosterEntry['persona']): code is keyof typeof NAMED => Object.hasOwn(NAMED, code);

const personaOf = ({ persona }: RosterEntry): Persona => (isNamed(persona) ? NAMED[persona] : PERSONAS[persona]);

function* candidates(persona: Persona, seed: number, options: SubjectOptions): Generator<Subject> {
  for (let i = 0; i < CANDIDATES; i++) yield createSubject(persona, seed + i, { ...options, scatter: 0 });
}

function zonesOf(entry: RosterEntry, now: number): ZoneHistory {
  const home = { from: 0, zone: entry.zone };
  if (entry.story !== 'travels') return [home];
  const today = localDay(entry.zone, now);
  // At home's noon the day is over there; the way back begins after breakfast and ends the evening before.
  return [
    home,
    { from: startOfDay(entry.zone, today - JOURNEY.leavesDaysAgo) + 12 * 3600, zone: JOURNEY.zone },
    { from: startOfDay(JOURNEY.zone, today - JOURNEY.returnsDaysAgo) + 10 * 3600, zone: entry.zone },
  ];
}
