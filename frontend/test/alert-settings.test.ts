import type { AlertSettingsReport, LatestReading } from '@/api/types';
import { formValuesOf, scheduleCount } from '@/features/alert-settings/form-values';
import { inputOf, NO_NUMBER, NO_TIME, readForm } from '@/features/alert-settings/read-form';
import { freshnessAt } from '@/features/alerts/freshness';

const mgdl = (value: number) => ({ value, unit: 'mg/dL' as const });
const sustained = (value: number) => ({ enabled: true, threshold: mgdl(value), sustainMinutes: 0 });
const rate = { enabled: true, mgdlPerMinute: 3, beyond: mgdl(150) };
const predicted = { enabled: true, threshold: mgdl(55), withinMinutes: 20, chance: 0.5 };
const settings: AlertSettingsReport['settings'] = {
  'urgent-low': { enabled: true, threshold: mgdl(54) },
  low: sustained(70),
  high: sustained(250),
  'very-high': sustained(300),
  'rapid-fall': rate,
  'rapid-rise': { ...rate, enabled: false },
  'predicted-low': predicted,
  'predicted-high': predicted,
  'no-data': { enabled: true, afterMinutes: 30 },
  'sensor-error': { enabled: true },
  finding: { enabled: true },
};
const night = {
  name: 'Night',
  fromMinute: 1320,
  toMinute: 390,
  weekdays: [5, 6],
  override: { low: { threshold: mgdl(80) } },
};
const report: AlertSettingsReport = {
  unit: 'mg/dL',
  settings,
  schedules: [night],
  override: {},
  ownSchedules: [night],
  inherited: { settings, schedules: [] },
  sources: {},
  faults: [],
  history: [],
};
const values = formValuesOf(report, 'en');

test('a form that nobody has touched asks for nothing but what there is', () => {
  expect(readForm(values, report)).toEqual({ change: { override: {}, schedules: [night] }, faults: [], places: [0] });
});

test('only what differs from what is inherited is asked for', () => {
  const typed = {
    ...values,
    'override.low.threshold': '75',
    'override.high.enabled': 'off',
    scheduleMode: 'inherited',
  };
  expect(readForm(typed, report).change).toEqual({
    override: { low: { threshold: mgdl(75) }, high: { enabled: false } },
    schedules: null,
  });
});

test('a decimal comma is read, percent become a share, and what is no number is named', () => {
  const typed = {
    ...values,
    'override.low.threshold': '3,9',
    'override.predicted-low.chance': '65',
    'override.high.threshold': 'high',
    'schedules.0.toMinute': 'noon',
  };
  const { change, faults } = readForm(typed, { ...report, unit: 'mmol/L' });
  expect(change.override).toMatchObject({
    low: { threshold: { value: 3.9, unit: 'mmol/L' } },
    'predicted-low': { chance: 0.65 },
  });
  expect(faults).toEqual([
    { path: 'override.high.threshold', message: NO_NUMBER },
    { path: 'schedules.0.toMinute', message: NO_TIME },
  ]);
});

test('a fault is found at the input it is about, also behind schedules that were left out', () => {
  const second = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name.replace('schedules.0', 'schedules.1'), value]),
  );
  const typed = { ...values, ...second, 'schedules.0.remove': 'on' };
  const { places } = readForm(typed, report);
  expect(places).toEqual([1]);
  expect(inputOf('schedules.0.override.low.threshold.value', places)).toBe('schedules.1.override.low.threshold');
  expect(inputOf('override.low.threshold', places)).toBe('override.low.threshold');
});

test.each([
  [0, 1],
  [1, 2],
  [12, 12],
])('of %i schedules there are inputs for %i', (kept, inputs) => {
  const ownSchedules = Array.from({ length: kept }, () => night);
  expect(scheduleCount(formValuesOf({ ...report, ownSchedules }, 'en'))).toBe(inputs);
});

test.each([
  ['10:06', 'current'],
  ['10:07', 'delayed'],
  ['10:15', 'delayed'],
  ['10:16', 'stale'],
  ['10:30', 'stale'],
  ['10:31', 'lost'],
])('at %s a reading of 10:00 is %s', (clock, freshness) => {
  const at = (time: string) => `2026-11-26T${time}:00.000Z`;
  const reading = { delayedAt: at('10:07'), staleAt: at('10:15'), lostAt: at('10:30') } as LatestReading;
  expect(freshnessAt(reading, Date.parse(at(clock)))).toBe(freshness);
});
