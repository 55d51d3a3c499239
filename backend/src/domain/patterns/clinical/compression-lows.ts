import { level } from '../../glycemia/glucose-words.js';
import { isBedtime } from '../../alerts/compression.js';
import { secondOfDay } from '../../time/zone.js';
import type { Candidate } from './candidate.js';
import { SLOT_SECONDS, SLOTS, slotsOfHours } from './clinical-day.js';
import { type ClinicalRecord, isInBed } from './clinical-record.js';
import { CLOCK_TEST, clockTest } from './clock-test.js';
import { countOf } from './words.js';

const LEAST_COUNT = 3;

/** Lows in bed that look like somebody lying on the sensor, against lows of the same shape at other hours. */
export function compressionLows({ days, likePressure, timeline }: ClinicalRecord): Candidate[] {
  const measured = days.filter(({ isMeasured }) => isMeasured);
  const happened = new Map(measured.map(({ day }) => [day, new Uint8Array(SLOTS)]));
  for (const { first, day } of likePressure) {
    const slots = happened.get(day);
    if (slots) slots[Math.floor(secondOfDay(timeline.wallClock[first] ?? 0) / SLOT_SECONDS)] = 1;
  }
  const isWithin = (slot: number) => isBedtime(slot / slotsOfHours(1));
  const { places, expected, p } = clockTest([...happened.values()], isWithin, 9);
  // Counted once a night, by the local day on which it began.
  const firstOf = new Map(likePressure.filter((low) => isInBed(timeline, low)).map(({ day, from }) => [day, from]));
  const of = measured.length;
  return [
    {
      status: 'judged',
      kind: 'compression-lows',
      part: null,
      sightings: places.map((place) => {
        const day = measured[place]?.day ?? 0;
        return { day, at: firstOf.get(day) ?? null };
      }),
      of,
      unit: 'nights',
      expected,
      test: CLOCK_TEST,
      p,
      matters: places.length >= LEAST_COUNT,
      effect: { value: (100 * (places.length - expected)) / of, low: null, high: null, unit: 'percentage points' },
      text: `On ${countOf(places.length, of, 'night', 'nights')} the reading fell below ${level(70)} at once from level ground in bed and came back as fast; about ${Math.round(expected)} would be expected if such falls came at any hour alike.`,
      isNot:
        'More likely a sensor that was lain on than glucose that fell; only a finger-prick at the time could tell.',
    },
  ];
}
