import type { Threshold } from '../glycemia/targets.js';
import type { AlertSettings, RuleCode } from './settings.js';

/** Why some settings cannot be meant. `path` names the field, as in `low.threshold`. */
export interface SettingsFault {
  readonly path: string;
  readonly message: string;
}

type Limits = readonly [least: number, most: number];

const MGDL = {
  'urgent-low': [40, 70],
  low: [54, 120],
  high: [120, 400],
  'very-high': [180, 400],
  'rapid-fall': [70, 400],
  'rapid-rise': [40, 400],
  'predicted-low': [40, 100],
  'predicted-high': [140, 400],
} as const satisfies Partial<Record<RuleCode, Limits>>;

const SUSTAIN_MINUTES: Limits = [0, 240];
const RATE_MGDL_PER_MINUTE: Limits = [1, 10];
const WITHIN_MINUTES: Limits = [10, 60];
const AFTER_MINUTES: Limits = [15, 360];
const CHANCE: Limits = [0.05, 0.95];

/** Everything that is wrong with some settings; empty where they can be used. A disabled rule is judged as well. */
export function settingsFaults(settings: AlertSettings): SettingsFault[] {
  const faults: SettingsFault[] = [];
  const within = (path: string, value: number, [least, most]: Limits, unit: string): void => {
    if (!(value >= least && value <= most)) faults.push({ path, message: `must be ${least} to ${most}${unit}` });
  };
  const threshold = (rule: keyof typeof MGDL, at: Threshold, field = 'threshold'): void =>
    within(`${rule}.${field}`, at.mgdlTenths / 10, MGDL[rule], ' mg/dL');

  threshold('urgent-low', settings['urgent-low'].threshold);
  for (const rule of ['low', 'high', 'very-high'] as const) {
    threshold(rule, settings[rule].threshold);
    within(`${rule}.sustainMinutes`, settings[rule].sustainMinutes, SUSTAIN_MINUTES, ' minutes');
  }
  for (const rule of ['rapid-fall', 'rapid-rise'] as const) {
    threshold(rule, settings[rule].beyond, 'beyond');
    within(`${rule}.mgdlPerMinute`, settings[rule].mgdlPerMinute, RATE_MGDL_PER_MINUTE, ' mg/dL per minute');
  }
  for (const rule of ['predicted-low', 'predicted-high'] as const) {
    threshold(rule, settings[rule].threshold);
    within(`${rule}.withinMinutes`, settings[rule].withinMinutes, WITHIN_MINUTES, ' minutes');
    within(`${rule}.chance`, settings[rule].chance, CHANCE, '');
  }
  within('no-data.afterMinutes', settings['no-data'].afterMinutes, AFTER_MINUTES, ' minutes');
  return [...faults, ...orderFaults(settings)];
}

/** Pairs of thresholds of which the first must lie below the second, in both units. */
const ASCENDING: ReadonlyArray<readonly [lower: Thresholded, upper: Thresholded, strictly: boolean]> = [
  ['urgent-low', 'low', true],
  ['low', 'high', true],
  ['high', 'very-high', true],
  ['predicted-low', 'low', false],
  ['predicted-low', 'predicted-high', true],
];

type Thresholded = 'urgent-low' | 'low' | 'high' | 'very-high' | 'predicted-low' | 'predicted-high';

function orderFaults(settings: AlertSettings): SettingsFault[] {
  return ASCENDING.flatMap(([lower, upper, strictly]) => {
    const below = settings[lower].threshold;
    const above = settings[upper].threshold;
    const inOrder = strictly
      ? below.mgdlTenths < above.mgdlTenths && below.mmolTenths < above.mmolTenths
      : below.mgdlTenths <= above.mgdlTenths && below.mmolTenths <= above.mmolTenths;
    const word = strictly ? 'below' : 'at or below';
    return inOrder ? [] : [{ path: `${lower}.threshold`, message: `must lie ${word} the threshold of ${upper}` }];
  });
}
