import { clinicalPatterns, type Pattern } from '../../src/domain/patterns/clinical/clinical-patterns.js';
import { clinicalRecordOf, isInBed } from '../../src/domain/patterns/clinical/clinical-record.js';
import { type Persona, PERSONAS } from '../../src/domain/simulator/personas.js';
import type { PersonHistory } from '../../src/domain/causality/person-history.js';
import { exerciseEffect, nightLowsOf, leastIn, nightsOf } from './pattern-truth.js';
import { recordedPerson } from './recorded-people.js';
import { turnedDays, wanderingGlucose } from './unrelated-people.js';

/** 2024-02-05, a Monday; both changes of the clock in spring lie within the 90 days. */
const FROM = Date.UTC(2024, 1, 5) / 1000;
const DAYS = 90;
const RATE = 0.05;
const ALL: readonly Persona[] = Object.values(PERSONAS);
const personaAt = (place: number): Persona => ALL[place % ALL.length]!;

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

function foundIn(history: PersonHistory): { found: readonly Pattern[]; all: readonly Pattern[] } {
  const answer = clinicalPatterns(history, RATE);
  return answer.status === 'done'
    ? { found: answer.found, all: [...answer.found, ...answer.notFound] }
    : { found: [], all: [] };
}

/** False findings where there is nothing to find. What stays of a relation in spite of it is named, and not counted. */
export function nullScores(firstSeed: number, people: number): object[] {
  const rows = [
    { what: 'days in another order, clocks turned', make: turnedDays, stays: ['rebound'] },
    { what: 'glucose that wanders', make: wanderingGlucose, stays: [] },
  ];
  return rows.map(({ what, make, stays }) => {
    let [withFalse, falsely, tested] = [0, 0, 0];
    const kinds = new Map<string, number>();
    for (let place = 0; place < people; place++) {
      const seed = firstSeed + place;
      const person = recordedPerson(personaAt(place), seed, { zone: 'UTC', from: FROM, days: DAYS });
      const { found, all } = foundIn(make(person.history, seed));
      const own = found.filter(({ kind }) => !(stays as string[]).includes(kind));
      tested += all.length;
      falsely += own.length;
      withFalse += Number(own.length > 0);
      for (const { kind, part } of own)
        kinds.set(`${kind} ${part ?? ''}`, (kinds.get(`${kind} ${part ?? ''}`) ?? 0) + 1);
    }
    return {
      null: what,
      people,
      tested,
      falseFindings: falsely,
      peopleWithAny: withFalse,
      shareOfPeople: withFalse / people,
      notCounted: stays.join(),
      which: [...kinds].map(([kind, count]) => `${kind.trim()} ${count}`).join(', '),
    };
  });
}

/** Lows at night and lows by pressure on the sensor, against the glucose that only the simulator knows. */
export function lowScores(firstSeed: number, people: number): object[] {
  const count = { shown: 0, shownLow: 0, named: 0, low: 0, both: 0, plain: 0, plainFound: 0, wrong: 0 };
  const person = { found: 0, true: 0, both: 0 };
  const clear = { found: 0, true: 0, both: 0 };
  const pressure = { marked: 0, made: 0, right: 0, found: 0 };
  const told = { found: 0, people: 0 };
  for (let place = 0; place < people; place++) {
    const one = recordedPerson(personaAt(place), firstSeed + place, { zone: 'Europe/Berlin', from: FROM, days: DAYS });
    const { found } = foundIn(one.history);
    const isFound = found.some(({ kind, part }) => kind === 'lows-by-clock' && part === 'night');
    const { isTrue, times } = nightLowsOf(one);
    for (const group of times < 1.25 || times > 1.75 ? [person, clear] : [person]) {
      group.found += Number(isFound);
      group.true += Number(isTrue);
      group.both += Number(isFound && isTrue);
    }
    for (const night of nightsOf(one)) {
      count.shown += Number(night.isShown);
      count.shownLow += Number(night.isShown && night.isLow);
      count.named += Number(night.isNamed);
      count.low += Number(night.isLow);
      count.both += Number(night.isNamed && night.isLow);
      count.plain += Number(night.isPlain);
      count.plainFound += Number(night.isPlain && night.isNamed);
      count.wrong += Number(night.isNamed && !night.isNear);
    }
    told.found += Number(found.some(({ kind }) => kind === 'compression-lows'));
    told.people += 1;
    const record = clinicalRecordOf(one.history);
    const presses = one.artefacts.filter(({ kind }) => kind === 'compression-low');
    const isPressed = (low: { from: number; until: number }) =>
      presses.some(({ from, until }) => low.from <= until && low.until >= from);
    const marked = record.likePressure.filter((low) => isInBed(record.timeline, low));
    const all = [...marked, ...record.lows].filter((low) => isInBed(record.timeline, low));
    // A low that pressure made: glucose itself was not low meanwhile.
    const made = all.filter((low) => isPressed(low) && leastIn(one.truth, low.from, low.until) >= 70);
    pressure.marked += marked.length;
    pressure.right += marked.filter(isPressed).length;
    pressure.made += made.length;
    pressure.found += made.filter((low) => marked.includes(low)).length;
  }
  return [
    {
      truth: 'people with recurrent lows at night',
      of: person.true,
      recall: share(person.both, person.true),
      precision: share(person.both, person.found),
    },
    {
      truth: 'the same, without people whose nights have 1.25 to 1.75 times what any hour would give',
      of: clear.true,
      recall: share(clear.both, clear.true),
      precision: share(clear.both, clear.found),
    },
    {
      truth: 'nights with a low, as the sensor shows them',
      of: count.low,
      recall: share(count.shownLow, count.low),
      precision: share(count.shownLow, count.shown),
    },
    {
      truth: 'nights with a low',
      of: count.low,
      recall: share(count.both, count.low),
      precision: share(count.both, count.named),
    },
    {
      truth: 'nights with a low, 10 mg/dL to spare',
      of: count.plain,
      recall: share(count.plainFound, count.plain),
      precision: share(count.named - count.wrong, count.named),
    },
    {
      truth: 'lows in bed by pressure on the sensor',
      of: pressure.made,
      recall: share(pressure.found, pressure.made),
      precision: share(pressure.right, pressure.marked),
      toldTo: `${told.found} of ${told.people} people`,
    },
  ];
}

const PLANTED_MGDL = -8;

/** People whose exercise lowers the night after it, and the same people where exercise is noted and does nothing. */
export function exerciseScores(firstSeed: number, people: number): object[] {
  const active = ALL.filter(({ habits }) => habits.sport.sessionsPerWeek >= 2);
  let [planted, found, right, idle, idleFound] = [0, 0, 0, 0, 0];
  for (let place = 0; place < people; place++) {
    const persona = active[place % active.length]!;
    const still: Persona = {
      ...persona,
      habits: { ...persona.habits, sport: { ...persona.habits.sport, intensity: 0 } },
    };
    const options = { zone: 'UTC', from: FROM, days: DAYS };
    const [own, twin] = [persona, still].map((one) => recordedPerson(one, firstSeed + place, options));
    const tells = (history: PersonHistory) => foundIn(history).found.some(({ kind }) => kind === 'low-after-exercise');
    const isPlanted = exerciseEffect(own!, twin!) <= PLANTED_MGDL;
    planted += Number(isPlanted);
    found += Number(tells(own!.history));
    right += Number(tells(own!.history) && isPlanted);
    idle += 1;
    idleFound += Number(tells(twin!.history));
  }
  return [
    {
      truth: 'people whose exercise lowers the night',
      of: planted,
      recall: share(right, planted),
      precision: share(right, found + idleFound),
      withoutEffect: `${idleFound} of ${idle} people found`,
    },
  ];
}
