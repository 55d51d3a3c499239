import { Random } from '../../simulator/random.js';
import { SLOTS } from './clinical-day.js';

/** Enough to tell a chance of a thousandth. */
const TURNS = 1_999;
const STREAM = 71;

export const CLOCK_TEST = `permutation: each day's clock turned by chance, ${TURNS.toLocaleString('en')} times`;

/** What of a day has happened, by quarter of an hour; 1 where it has. */
export type Happenings = Uint8Array;

export interface ClockTest {
  /** Places of the days on which it happened within the window. */
  readonly places: readonly number[];
  /** How many would be expected if it happened at any hour alike. */
  readonly expected: number;
  readonly p: number;
}

/**
 * Whether something happens within some hours on more days than it would if it came at any hour alike. Each day is turned
 * as a whole, so that what comes in a row counts no more than it did.
 * @param isWithin which quarters of an hour belong to the window
 */
export function clockTest(days: readonly Happenings[], isWithin: (slot: number) => boolean, seed: number): ClockTest {
  const within = Uint8Array.from({ length: SLOTS }, (_, slot) => Number(isWithin(slot)));
  // For each day, whether it would happen within the window if its clock were turned by so many quarters of an hour.
  const turned = days.map((day) => {
    const slots = [...day.keys()].filter((slot) => day[slot] === 1);
    return Uint8Array.from({ length: SLOTS }, (_, turn) =>
      Number(slots.some((slot) => within[(slot + turn) % SLOTS] === 1)),
    );
  });
  const places = [...turned.keys()].filter((place) => turned[place]?.[0] === 1);
  const eventful = turned.filter((day) => day.includes(1));
  const random = Random.seeded(seed, STREAM);
  let reached = 0;
  for (let turn = 0; turn < TURNS; turn++) {
    let count = 0;
    for (const day of eventful) count += day[Math.floor(random.next() * SLOTS)] ?? 0;
    if (count >= places.length) reached++;
  }
  const expected = eventful.reduce((sum, day) => sum + day.reduce((a, b) => a + b, 0) / SLOTS, 0);
  return { places, expected, p: (1 + reached) / (1 + TURNS) };
}
