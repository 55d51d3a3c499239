import { type TargetPreset, TARGET_PRESETS, TARGETS, type Threshold, thresholdIn } from '../glycemia/targets.js';
import type { RangeShares } from '../glycemia/additive-statistics.js';
import type { Coverage } from '../glycemia/sufficiency.js';
import type { GlucoseUnit } from '../glycemia/units.js';

/** Why a person should be looked at, most urgent first. */
export const FLAG_CODES = ['very-low', 'low', 'very-high', 'high', 'range', 'silent', 'no-data', 'wear'] as const;
export type FlagCode = (typeof FLAG_CODES)[number];

/** A reason with the number behind it: what people are counted and ordered by. */
export interface RaisedFlag {
  readonly code: FlagCode;
  readonly percent: number | null;
}

/** The same in words. */
export interface PatientFlag extends RaisedFlag {
  readonly text: string;
}

/** What is known of a person over the period of a panel. */
export interface TriageInput {
  readonly preset: TargetPreset;
  readonly unit: GlucoseUnit;
  readonly periodDays: number;
  readonly metrics: RangeShares;
  readonly coverage: Coverage;
  /** Seconds since the epoch; `null` where there never was a reading. */
  readonly lastReadingAt: number | null;
  readonly now: number;
}

/** Readings that have stopped for longer than this are a reason to look. */
export const SILENT_SECONDS = 48 * 3600;
const WEAR_PERCENT = 70;

/** A flag that a goal for time in ranges raises. */
type GoalFlag = 'very-low' | 'low' | 'very-high' | 'high' | 'range';

/** In the order of their urgency, each with the share it is raised by. */
const SHARES = {
  'very-low': 'timeVeryLow',
  low: 'timeBelowRange',
  'very-high': 'timeVeryHigh',
  high: 'timeAboveRange',
  range: 'timeInRange',
} as const satisfies Record<GoalFlag, keyof RangeShares>;
const GOAL_FLAGS = Object.keys(SHARES) as GoalFlag[];

const isGoalFlag = (code: FlagCode): code is GoalFlag => code in SHARES;

/**
 * No consensus sets percentages for gestational diabetes: there the limits for type 1 diabetes in pregnancy decide who is
 * looked at, though nothing is called a goal.
 */
function limitOf(preset: TargetPreset, code: GoalFlag): number | null {
  const { goals } = preset === 'gestational' ? TARGETS['pregnancy-t1'] : TARGETS[preset];
  return goals.find((goal) => goal.code === SHARES[code])?.goal ?? null;
}

const LIMITS = Object.fromEntries(
  TARGET_PRESETS.map((preset) => [
    preset,
    Object.fromEntries(GOAL_FLAGS.map((code) => [code, limitOf(preset, code)])) as Record<GoalFlag, number | null>,
  ]),
) as Record<TargetPreset, Record<GoalFlag, number | null>>;

/**
 * The flags of a person, most urgent first: the consensus goals missed (Battelino 2019, 10.2337/dci19-0028), too little
 * wear, silence for more than 48 hours.
 */
export const patientFlags = (input: TriageInput): PatientFlag[] => inWords(raisedFlags(input), input);

/** The same without the words, which cost more than all the rest and only those who are shown need. */
export function raisedFlags(input: TriageInput): RaisedFlag[] {
  const { preset, metrics, coverage, lastReadingAt, now } = input;
  const flags: RaisedFlag[] = [];
  const isEmpty = coverage.readings === 0;
  if (!isEmpty) {
    const limits = LIMITS[preset];
    for (const code of GOAL_FLAGS) {
      const percent = metrics[SHARES[code]];
      const limit = limits[code];
      if (percent === null || limit === null) continue;
      if (code === 'range' ? percent < limit : percent >= limit) flags.push({ code, percent });
    }
  }
  if (lastReadingAt !== null && now - lastReadingAt > SILENT_SECONDS) flags.push({ code: 'silent', percent: null });
  if (isEmpty) flags.push({ code: 'no-data', percent: null });
  else if (coverage.activePercent < WEAR_PERCENT) flags.push({ code: 'wear', percent: coverage.activePercent });
  return flags;
}

/** What some raised flags say to the reader of a panel. */
export const inWords = (
  flags: readonly RaisedFlag[],
  input: Pick<TriageInput, 'preset' | 'unit' | 'periodDays' | 'lastReadingAt' | 'now'>,
): PatientFlag[] => flags.map(({ code, percent }) => ({ code, text: wordsOf(code, percent ?? 0, input), percent }));

function wordsOf(
  code: FlagCode,
  percent: number,
  { preset, unit, periodDays, lastReadingAt, now }: Parameters<typeof inWords>[1],
): string {
  if (isGoalFlag(code)) {
    // What is at or above its limit stays so when rounded, and then reads as it does everywhere else.
    const printed = code === 'range' ? roundedDown(percent) : percent.toFixed(1);
    const wanted = `${code === 'range' ? 'above' : 'below'} ${LIMITS[preset][code]} %`;
    return `${printed} % ${whereOf(code, preset, unit)} (wanted: ${wanted})`;
  }
  if (code === 'silent') return `No reading for ${durationOf(now - (lastReadingAt ?? now))}`;
  if (code === 'no-data') return `No readings in ${periodDays} days`;
  return `Sensor active ${roundedDown(percent)} % of the time (wanted: at least ${WEAR_PERCENT} %)`;
}

function whereOf(code: GoalFlag, preset: TargetPreset, unit: GlucoseUnit): string {
  const { veryLowBelow, low, high, veryHighAbove } = TARGETS[preset];
  const at = (bound: Threshold): string => `${thresholdIn(bound, unit).toFixed(unit === 'mg/dL' ? 0 : 1)} ${unit}`;
  if (code === 'range') return 'in range';
  if (code === 'very-low') return `below ${at(veryLowBelow ?? low)}`;
  if (code === 'low') return `below ${at(low)}`;
  return `above ${at(code === 'high' ? high : (veryHighAbove ?? high))}`;
}

/** Rounded down, so that a share short of its goal never reads as the goal. */
const roundedDown = (percent: number): string => (Math.floor(percent * 10 + 1e-9) / 10).toFixed(1);

function durationOf(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  return hours < 96 ? `${hours} hours` : `${Math.floor(hours / 24)} days`;
}
