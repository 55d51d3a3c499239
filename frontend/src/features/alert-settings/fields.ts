import type { AlertRule } from '@/api/types';

export type FieldKind = 'glucose' | 'minutes' | 'rate' | 'percent';

export interface RuleField {
  readonly name: string;
  readonly kind: FieldKind;
}

const threshold: RuleField = { name: 'threshold', kind: 'glucose' };
const sustain: RuleField = { name: 'sustainMinutes', kind: 'minutes' };
const rate: readonly RuleField[] = [
  { name: 'mgdlPerMinute', kind: 'rate' },
  { name: 'beyond', kind: 'glucose' },
];
const predicted: readonly RuleField[] = [
  threshold,
  { name: 'withinMinutes', kind: 'minutes' },
  { name: 'chance', kind: 'percent' },
];

/** What can be set about each rule beside whether it is on, in the order of the page: lows first. */
export const FIELDS: Readonly<Record<AlertRule, readonly RuleField[]>> = {
  'urgent-low': [threshold],
  low: [threshold, sustain],
  'predicted-low': predicted,
  'rapid-fall': rate,
  high: [threshold, sustain],
  'very-high': [threshold, sustain],
  'predicted-high': predicted,
  'rapid-rise': rate,
  'no-data': [{ name: 'afterMinutes', kind: 'minutes' }],
  'sensor-error': [],
  finding: [],
};

export const RULES = Object.keys(FIELDS) as readonly AlertRule[];

/** One more than the API keeps would be refused there. */
export const MOST_SCHEDULES = 12;
export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
