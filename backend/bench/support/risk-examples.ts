import { type DayLows, dayLowsOf, statisticsOf } from '../../src/domain/patterns/risk/day-lows.js';
import {
  AHEAD_DAYS,
  daysBefore,
  inputsOf,
  missingFor,
  type RiskName,
  RISKS,
} from '../../src/domain/patterns/risk/low-risk.js';
import { PERSONAS } from '../../src/domain/simulator/personas.js';
import { alwaysIn } from '../../src/domain/time/zone-history.js';
import { recordedPerson } from './recorded-people.js';
import { readUomPeople } from './t1d-uom.js';

/** A fortnight that was lived, with what the four weeks before it showed. */
export interface RiskExample {
  readonly person: string;
  readonly inputs: readonly number[];
  readonly happened: Readonly<Record<RiskName, boolean>>;
}

const LEAST_AHEAD = 10;
const EVERY_DAYS = 7;
const FROM = Date.UTC(2024, 0, 1) / 1000;
const DAYS = 84;

function examplesOf(person: string, days: readonly DayLows[]): RiskExample[] {
  const [first, last] = [days[0]?.day ?? 0, days.at(-1)?.day ?? 0];
  const found: RiskExample[] = [];
  for (let at = first + 13; at + AHEAD_DAYS <= last; at += EVERY_DAYS) {
    const before = daysBefore(days, at);
    const ahead = days.filter(({ day }) => day > at && day <= at + AHEAD_DAYS);
    if (missingFor(before).length > 0 || ahead.length < LEAST_AHEAD) continue;
    const came = statisticsOf(ahead);
    found.push({
      person,
      inputs: inputsOf(statisticsOf(before)),
      happened: {
        below54: came.below54 >= RISKS.below54.percent,
        below70: came.below70 >= RISKS.below70.percent,
      },
    });
  }
  return found;
}

export function simulatedExamples(firstSeed: number, people: number): RiskExample[] {
  const personas = Object.values(PERSONAS);
  return Array.from({ length: people }, (_, place) => {
    const persona = personas[place % personas.length]!;
    const { history } = recordedPerson(persona, firstSeed + place, { zone: 'UTC', from: FROM, days: DAYS });
    return examplesOf(`simulated ${firstSeed + place}`, dayLowsOf(history.glucose, history.zones));
  }).flat();
}

/** Wall clocks taken for UTC. */
export const uomExamples = (): RiskExample[] =>
  readUomPeople().flatMap(({ id, series }) => examplesOf(`T1D-UOM ${id}`, dayLowsOf(series, alwaysIn('UTC'))));
