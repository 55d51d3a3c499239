import { metricsFromDayStatistics } from '../../../src/domain/glycemia/additive-statistics.js';
import type { TargetPreset } from '../../../src/domain/glycemia/targets.js';
import type { GlucoseUnit } from '../../../src/domain/glycemia/units.js';
import { patientFlags, type TriageInput } from '../../../src/domain/triage/flags.js';
import { compareUrgency } from '../../../src/domain/triage/urgency.js';

const NOW = 1_705_276_800;
const HOUR = 3_600;

interface Person {
  /** Readings of a thousand in each band. */
  readonly bands?: Partial<Record<'veryLow' | 'low' | 'high' | 'veryHigh' | 'below63' | 'above140', number>>;
  readonly preset?: TargetPreset;
  readonly unit?: GlucoseUnit;
  readonly worn?: number;
  readonly silentHours?: number | null;
  readonly readings?: number;
}

function person({ bands, preset = 'adult', unit = 'mg/dL', worn = 1, silentHours = 0, readings = 1000 }: Person) {
  const outer = { veryLow: 0, low: 0, high: 0, veryHigh: 0, below63: 0, above140: 0, ...bands };
  const inRange = readings - outer.veryLow - outer.low - outer.high - outer.veryHigh;
  const sums = { mgdlSumTenths: readings * 1200, mgdlSumSqTenths: readings * 1_440_000 };
  const mmol = { mmolCount: 0, mmolSumTenths: 0, mmolSumSqTenths: 0 };
  const row = {
    ...outer,
    inRange,
    tight: inRange,
    mgdlCount: readings,
    ...sums,
    ...mmol,
    coveredSeconds: Math.round(worn * 14 * 86_400),
  };
  const period = { preset, elapsedSeconds: 14 * 86_400, daysSpanned: 14 };
  const summary = metricsFromDayStatistics(readings === 0 ? [] : [row], period);
  const lastReadingAt = silentHours === null ? null : NOW - silentHours * HOUR;
  const input: TriageInput = { preset, unit, periodDays: 14, ...summary, lastReadingAt, now: NOW };
  return patientFlags(input);
}
const codes = (of: Person): string[] => person(of).map((flag) => flag.code);

it.each([
  { bands: { veryLow: 9 }, flags: [] },
  { bands: { veryLow: 10 }, flags: ['very-low'] },
  { bands: { low: 39 }, flags: [] },
  { bands: { low: 40 }, flags: ['low'] },
  { bands: { low: 30, veryLow: 10 }, flags: ['very-low', 'low'] },
  { bands: { high: 249 }, flags: [] },
  { bands: { high: 250 }, flags: ['high'] },
  { bands: { veryHigh: 49 }, flags: [] },
  { bands: { veryHigh: 50 }, flags: ['very-high'] },
  { bands: { high: 300 }, flags: ['high'] },
  { bands: { high: 301 }, flags: ['high', 'range'] },
])('flags an adult with $bands of a thousand: $flags', ({ bands, flags }) => expect(codes({ bands })).toEqual(flags));

it.each([
  { preset: 'older', bands: { low: 10 }, flags: ['low'] },
  { preset: 'older', bands: { veryLow: 9 }, flags: [] },
  { preset: 'older', bands: { high: 450, veryHigh: 49 }, flags: [] },
  { preset: 'older', bands: { veryHigh: 100 }, flags: ['very-high'] },
  { preset: 'pregnancy-t1', bands: { below63: 40 }, flags: ['low'] },
  { preset: 'pregnancy-t1', bands: { low: 40 }, flags: [] },
  { preset: 'pregnancy-t1', bands: { above140: 250 }, flags: ['high'] },
  { preset: 'gestational', bands: { above140: 310 }, flags: ['high', 'range'] },
] as const)('follows the preset $preset with $bands: $flags', ({ preset, bands, flags }) => {
  expect(codes({ preset, bands })).toEqual(flags);
});

it.each([
  { worn: 0.7, flags: [] },
  { worn: 0.699, flags: ['wear'] },
])('asks for 70 % wear: $worn gives $flags', ({ worn, flags }) => expect(codes({ worn })).toEqual(flags));

it.each([
  { silentHours: 48, flags: [] },
  { silentHours: 49, flags: ['silent'] },
])('notices $silentHours hours of silence: $flags', ({ silentHours, flags }) => {
  expect(codes({ silentHours })).toEqual(flags);
});

it('says that there is nothing rather than that nothing is wrong', () => {
  expect(codes({ readings: 0, silentHours: null })).toEqual(['no-data']);
  expect(codes({ readings: 0, silentHours: 24 * 30 })).toEqual(['silent', 'no-data']);
});

it('explains itself in the unit of the person', () => {
  expect(person({ bands: { veryLow: 23 } })[0]).toEqual({
    code: 'very-low',
    text: '2.3 % below 54 mg/dL (wanted: below 1 %)',
    percent: 2.3,
  });
  expect(person({ bands: { veryLow: 23 }, unit: 'mmol/L' })[0]?.text).toContain('below 3.0 mmol/L');
  expect(person({ silentHours: 60 })[0]?.text).toBe('No reading for 60 hours');
  expect(person({ silentHours: 24 * 6 })[0]?.text).toBe('No reading for 6 days');
  expect(person({ worn: 0.6999 })[0]?.text).toBe('Sensor active 69.9 % of the time (wanted: at least 70 %)');
});

describe('compareUrgency', () => {
  it('puts lows before highs before data, the worse first, and no flag last', () => {
    const people = {
      fine: person({}),
      silent: person({ silentHours: 100 }),
      veryHigh: person({ bands: { veryHigh: 200 } }),
      low: person({ bands: { low: 50 } }),
      veryLow: person({ bands: { veryLow: 12 } }),
      veryLowWorse: person({ bands: { veryLow: 30 } }),
      unworn: person({ worn: 0.3 }),
    };
    const order = Object.entries(people).sort(([, a], [, b]) => compareUrgency(a, b));
    expect(order.map(([name]) => name)).toEqual([
      'veryLowWorse',
      'veryLow',
      'low',
      'veryHigh',
      'silent',
      'unworn',
      'fine',
    ]);
  });

  it('is consistent in both directions', () => {
    const people = [
      person({ bands: { veryLow: 12 } }),
      person({ bands: { high: 400 } }),
      person({}),
      person({ worn: 0.1 }),
    ];
    for (const a of people) {
      for (const b of people) expect(Math.sign(compareUrgency(a, b)) + Math.sign(compareUrgency(b, a))).toBe(0);
    }
  });
});
