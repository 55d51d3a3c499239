import { LOW_RISK_VERSION } from '../../../src/domain/patterns/risk/low-risk.js';
import { isLowLikely, type KeptLowRisk, lowHint } from '../../../src/domain/triage/low-hint.js';

const HOUR = 3_600;
const NOW = Date.parse('2026-06-15T10:00:00Z') / 1000;
const kept = (change: Partial<KeptLowRisk> = {}): KeptLowRisk => ({
  from: NOW - 10 * HOUR,
  computedAt: NOW - 9 * HOUR,
  version: LOW_RISK_VERSION,
  chance: 0.62,
  ...change,
});
const person = { preset: 'adult', lastReadingAt: NOW - 300 } as const;

it('tells the chance, the days it speaks of, and when it was computed', () => {
  expect(lowHint(kept(), person, NOW)).toEqual({ chance: 0.62, from: NOW - 10 * HOUR, computedAt: NOW - 9 * HOUR });
});

it.each([
  { what: 'of two nights ago', change: { from: NOW - 48 * HOUR - 1 }, of: person, says: 'stale' },
  { what: 'of another model', change: { version: 'another' }, of: person, says: 'stale' },
  { what: 'of one who is silent', change: {}, of: { ...person, lastReadingAt: NOW - 49 * HOUR }, says: 'stale' },
  { what: 'of nothing', change: {}, of: { ...person, lastReadingAt: null }, says: 'stale' },
  { what: 'of too little data', change: { chance: null }, of: person, says: 'too-little-data' },
  { what: 'in pregnancy', change: {}, of: { ...person, preset: 'pregnancy-t1' as const }, says: 'other-goals' },
])('tells no chance $what', ({ change, of, says }) => {
  expect(lowHint(kept(change), of, NOW)).toEqual({ unavailable: says });
});

it('tells no chance where no night was answered', () => {
  expect(lowHint(null, person, NOW)).toEqual({ unavailable: 'not-asked' });
});

it('calls lows likely from one half on', () => {
  expect(isLowLikely(lowHint(kept({ chance: 0.5 }), person, NOW))).toBe(true);
  expect(isLowLikely(lowHint(kept({ chance: 0.49 }), person, NOW))).toBe(false);
  expect(isLowLikely({ unavailable: 'stale' })).toBe(false);
});
