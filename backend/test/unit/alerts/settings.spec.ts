import { DEFAULT_ALERT_SETTINGS, thresholdOf } from '../../../src/domain/alerts/settings.js';
import { settingsFaults } from '../../../src/domain/alerts/settings-faults.js';
import {
  overridden,
  scheduleAt,
  settingsAt,
  type SettingsOverride,
} from '../../../src/domain/alerts/settings-history.js';
import { alwaysIn } from '../../../src/domain/time/zone-history.js';
import { MONDAY } from '../glycemia/series.js';

const faultsOf = (override: SettingsOverride) => settingsFaults(overridden(DEFAULT_ALERT_SETTINGS, override));

it.each([
  [54, 3.0],
  [70, 3.9],
  [180, 10.0],
  [250, 13.9],
])('pairs %d mg/dL with %d mmol/L, whichever was set', (mgdl, mmol) => {
  const pair = { mgdlTenths: mgdl * 10, mmolTenths: Math.round(mmol * 10) };
  expect([thresholdOf(mgdl, 'mg/dL'), thresholdOf(mmol, 'mmol/L')]).toEqual([pair, pair]);
});

it('accepts the defaults', () => {
  expect(settingsFaults(DEFAULT_ALERT_SETTINGS)).toEqual([]);
});

it.each<[string, SettingsOverride, string]>([
  [
    'a low above the high',
    { low: { threshold: thresholdOf(120, 'mg/dL') }, high: { threshold: thresholdOf(120, 'mg/dL') } },
    'low.threshold',
  ],
  ['an urgent low at the low', { 'urgent-low': { threshold: thresholdOf(3.9, 'mmol/L') } }, 'urgent-low.threshold'],
  ['a unit taken for the other', { low: { threshold: thresholdOf(3.9, 'mg/dL') } }, 'low.threshold'],
  ['a chance of one', { 'predicted-low': { chance: 1 } }, 'predicted-low.chance'],
  ['a silence of a minute', { 'no-data': { afterMinutes: 1 } }, 'no-data.afterMinutes'],
  ['no number at all', { high: { sustainMinutes: Number.NaN } }, 'high.sustainMinutes'],
])('refuses %s and names the field', (_, override, path) => {
  expect(faultsOf(override).map((fault) => fault.path)).toContain(path);
});

describe('a schedule', () => {
  const night = {
    name: 'night',
    fromMinute: 22 * 60,
    toMinute: 6 * 60,
    weekdays: [5],
    override: { low: { threshold: thresholdOf(80, 'mg/dL') } },
  };
  const hours = (day: number, hour: number): number => MONDAY + day * 86_400 + hour * 3600;

  it('runs over midnight and belongs to the day on which it begins', () => {
    const inForce = [hours(4, 21), hours(4, 23), hours(5, 5), hours(5, 6), hours(5, 23)].map(
      (clock) => scheduleAt([night], clock)?.name ?? null,
    );
    expect(inForce).toEqual([null, 'night', 'night', null, null]);
  });

  it('follows the clock of the person', () => {
    const history = [{ from: 0, settings: DEFAULT_ALERT_SETTINGS, schedules: [night] }] as const;
    const lowAt = (zone: string) => settingsAt(history, alwaysIn(zone))(hours(4, 21)).low.threshold.mgdlTenths;
    expect([lowAt('UTC'), lowAt('Europe/Berlin'), lowAt('America/New_York')]).toEqual([700, 800, 700]);
  });
});
