import { type TargetPreset, TARGETS, thresholdIn } from '../glycemia/targets.js';
import type { SummaryMetrics } from '../glycemia/additive-statistics.js';
import type { Coverage } from '../glycemia/sufficiency.js';
import type { GlucoseUnit } from '../glycemia/units.js';

/** Why a person should be looked at, most urgent first. */
export const FLAG_CODES = ['very-low', 'low', 'very-high', 'high', 'range', 'silent', 'no-data', 'wear'] as const;
export type FlagCode = (typeof FLAG_CODES)[number];

/** One reason with the number behind it. */
export interface PatientFlag {
  readonly code: FlagCode;
  readonly text: string;
  readonly percent: number | null;
}

/** What is known of a person over the period of a panel. */
export interface TriageInput {
  readonly preset: TargetPreset;
  readonly unit: GlucoseUnit;
  readonly periodDays: number;
  readonly metrics: SummaryMetrics;
  readonly coverage: Coverage;
  /** Seconds since the epoch; `null` where there never was a reading. */
  readonly lastReadingAt: number | null;
  readonly now: number;
}

/** Readings that have stopped for longer than this are a reason to look. */
export const SILENT_SECONDS = 48 * 3600;
const WEAR_PERCENT = 70;

/**
 * The flags of a person, most urgent first: the consensus goals missed (Battelino 2019, 10.2337/dci19-0028), too little
 * wear, silence for more than 48 hours. No consensus sets percentages for gestational diabetes: there the limits for
 * type 1 diabetes in pregnancy decide who is looked at, though nothing is called a goal.
 */
export function patientFlags(input: TriageInput): PatientFlag[] {
  if (input.coverage.readings === 0) return [...silence(input), noData(input)];
  return [...glucoseFlags(input), ...silence(input), ...wear(input)];
}

function glucoseFlags({ preset, unit, metrics }: TriageInput): PatientFlag[] {
  const targets = TARGETS[preset];
  const { goals } = preset === 'gestational' ? TARGETS['pregnancy-t1'] : targets;
  const limit = (code: keyof SummaryMetrics): number | undefined => goals.find((goal) => goal.code === code)?.goal;
  const at = (bound: typeof targets.low): string =>
    `${thresholdIn(bound, unit).toFixed(unit === 'mg/dL' ? 0 : 1)} ${unit}`;
  const flags: PatientFlag[] = [];
  const flag = (code: FlagCode, metric: keyof SummaryMetrics, words: string): void => {
    const percent = metrics[metric];
    const bound = limit(metric);
    if (percent === null || bound === undefined) return;
    const isMissed = code === 'range' ? percent < bound : percent >= bound;
    const wanted = `${code === 'range' ? 'above' : 'below'} ${bound} %`;
    // What is at or above its limit stays so when rounded, and then reads as it does everywhere else.
    const printed = code === 'range' ? roundedDown(percent) : percent.toFixed(1);
    if (isMissed) flags.push({ code, text: `${printed} % ${words} (wanted: ${wanted})`, percent });
  };
  if (targets.veryLowBelow) flag('very-low', 'timeVeryLow', `below ${at(targets.veryLowBelow)}`);
  flag('low', 'timeBelowRange', `below ${at(targets.low)}`);
  if (targets.veryHighAbove) flag('very-high', 'timeVeryHigh', `above ${at(targets.veryHighAbove)}`);
  flag('high', 'timeAboveRange', `above ${at(targets.high)}`);
  flag('range', 'timeInRange', 'in range');
  return flags;
}

/** Rounded down, so that a share short of its goal never reads as the goal. */
const roundedDown = (percent: number): string => (Math.floor(percent * 10 + 1e-9) / 10).toFixed(1);

function silence({ lastReadingAt, now }: TriageInput): PatientFlag[] {
  if (lastReadingAt === null || now - lastReadingAt <= SILENT_SECONDS) return [];
  const hours = Math.floor((now - lastReadingAt) / 3600);
  const duration = hours < 96 ? `${hours} hours` : `${Math.floor(hours / 24)} days`;
  return [{ code: 'silent', text: `No reading for ${duration}`, percent: null }];
}

function wear({ coverage }: TriageInput): PatientFlag[] {
  const percent = coverage.activePercent;
  if (percent >= WEAR_PERCENT) return [];
  const text = `Sensor active ${roundedDown(percent)} % of the time (wanted: at least ${WEAR_PERCENT} %)`;
  return [{ code: 'wear', text, percent }];
}

const noData = ({ periodDays }: TriageInput): PatientFlag => ({
  code: 'no-data',
  text: `No readings in ${periodDays} days`,
  percent: null,
});
