import type { AlertSettingsReport, LatestReading } from '@/api/types';
import { formValuesOf, scheduleCount } from '@/features/alert-settings/form-values';
import { inputOf, NO_NAME, NO_NUMBER, NO_TIME, NOT_OWN, readForm } from '@/features/alert-settings/read-form';
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
const shownAs = (shown: AlertSettingsReport) => ({ shown, exact: shown });

test('a form that nobody has touched asks for nothing but what there is', () => {
  expect(readForm(values, shownAs(report))).toEqual({
    change: { override: {}, schedules: [night] },
    faults: [],
    places: [0],
  });
});

test('only what differs from what is inherited is asked for', () => {
  const typed = {
    ...values,
    'override.low.threshold': '75',
    'override.high.enabled': 'off',
    scheduleMode: 'inherited',
  };
  expect(readForm(typed, shownAs(report)).change).toEqual({
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
  const { change, faults } = readForm(typed, shownAs({ ...report, unit: 'mmol/L' }));
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
  const { places } = readForm(typed, shownAs(report));
  expect(places).toEqual([1]);
  expect(inputOf('schedules.0.override.low.threshold.value', places)).toBe('schedules.1.override.low.threshold');
  expect(inputOf('override.low.threshold', places)).toBe('override.low.threshold');
});

describe('limits of which mmol/L show but one decimal', () => {
  const mmol = (value: number) => ({ value, unit: 'mmol/L' as const });
  const inUnit = (own: { value: number; unit: 'mg/dL' | 'mmol/L' }, common: typeof own): AlertSettingsReport => {
    const inIt = JSON.parse(JSON.stringify(settings).replaceAll('mg/dL', own.unit)) as typeof settings;
    const ownNight = { ...night, override: { low: { threshold: own } } };
    return {
      ...report,
      unit: own.unit,
      settings: {
        ...inIt,
        low: { ...inIt.low, threshold: own },
        high: { ...inIt.high, threshold: common },
      },
      inherited: { settings: { ...inIt, high: { ...inIt.high, threshold: common } }, schedules: [] },
      ownSchedules: [ownNight],
      schedules: [ownNight],
    };
  };
  const basis = { shown: inUnit(mmol(3.9), mmol(13.9)), exact: inUnit(mgdl(71), mgdl(250)) };
  const untouched = formValuesOf(basis.shown, 'en');

  test('stay as they are to the mg/dL where nobody has touched them', () => {
    const { change } = readForm(untouched, basis);
    expect(change.override).toEqual({ low: { threshold: mgdl(71) } });
    expect(change.schedules).toMatchObject([{ override: { low: { threshold: mgdl(71) } } }]);
  });

  test('are taken as typed, and follow the clinic where that is what was typed', () => {
    const typed = { ...untouched, 'override.low.threshold': '4,1', 'override.high.threshold': '13,9' };
    expect(readForm(typed, basis).change.override).toEqual({ low: { threshold: mmol(4.1) } });
  });
});

describe('hours that were filled in', () => {
  const filled = { ...formValuesOf({ ...report, ownSchedules: null }, 'en'), 'schedules.0.name': 'Night' };
  const own = (more: Record<string, string>) => ({ ...values, ...more, scheduleMode: 'own' });

  test('are not dropped for want of a name', () => {
    const { faults } = readForm(own({ 'schedules.0.name': ' ' }), shownAs(report));
    expect(faults).toEqual([{ path: 'schedules.0.name', message: NO_NAME }]);
  });

  test('are not dropped where no own schedules were chosen', () => {
    const { faults } = readForm(filled, shownAs({ ...report, ownSchedules: null }));
    expect(faults).toEqual([{ path: 'scheduleMode', message: NOT_OWN }]);
  });

  test.each([
    ['kept ones are given up for those of the clinic', { ...values, scheduleMode: 'inherited' }],
    ['they are to be removed', own({ 'schedules.0.name': '', 'schedules.0.remove': 'on' })],
    ['there are none', own({ 'schedules.1.name': '', 'schedules.1.fromMinute': '', 'schedules.1.toMinute': ' ' })],
  ])('are no fault where %s', (_, typed) => {
    expect(readForm(typed, shownAs(report)).faults).toEqual([]);
  });

  test('are followed by inputs for others, also without a name', () => {
    expect(scheduleCount(own({ 'schedules.0.name': '' }))).toBe(2);
  });
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
