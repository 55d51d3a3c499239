import { FLAG_MMOL, type GlucoseUnit } from './units.js';

/** The consensus target a person is measured against. */
export type TargetPreset = 'adult' | 'older' | 'pregnancy-t1' | 'gestational';
export const TARGET_PRESETS: readonly TargetPreset[] = ['adult', 'older', 'pregnancy-t1', 'gestational'];

/** A threshold in whole tenths of both units, since a value is judged in the unit its device reported. */
export interface Threshold {
  readonly mgdlTenths: number;
  readonly mmolTenths: number;
}

const threshold = (mgdl: number, mmol: number): Threshold => ({
  mgdlTenths: mgdl * 10,
  mmolTenths: Math.round(mmol * 10),
});

/** Consensus thresholds by their mg/dL name (Battelino 2019, 10.2337/dci19-0028). */
export const THRESHOLDS = {
  54: threshold(54, 3.0),
  63: threshold(63, 3.5),
  70: threshold(70, 3.9),
  140: threshold(140, 7.8),
  180: threshold(180, 10.0),
  250: threshold(250, 13.9),
} as const;

/** A threshold in tenths of the unit that a sample's flags name. */
export const thresholdTenths = (at: Threshold, flags: number): number =>
  (flags & FLAG_MMOL) === 0 ? at.mgdlTenths : at.mmolTenths;

/** A threshold in a unit. */
export const thresholdIn = (at: Threshold, unit: GlucoseUnit): number =>
  (unit === 'mg/dL' ? at.mgdlTenths : at.mmolTenths) / 10;

export type GoalCode =
  'timeInRange' | 'timeBelowRange' | 'timeVeryLow' | 'timeAboveRange' | 'timeVeryHigh' | 'cv' | 'gmi' | 'mean';

/** What a value is asked to be: percent for times and CV, % NGSP for GMI, mg/dL for the mean. */
export interface Goal {
  readonly code: GoalCode;
  readonly comparator: '>' | '<' | '<=';
  readonly goal: number;
}

/** The ranges and goals of a preset. A bound that is `null` merges its band into the neighbour. */
export interface GlucoseTargets {
  readonly preset: TargetPreset;
  readonly veryLowBelow: Threshold | null;
  readonly low: Threshold;
  readonly high: Threshold;
  readonly veryHighAbove: Threshold | null;
  readonly goals: readonly Goal[];
}

const goal = (code: GoalCode, comparator: Goal['comparator'], value: number): Goal => ({
  code,
  comparator,
  goal: value,
});

const WHOLE_PERIOD_GOALS = [goal('cv', '<=', 36), goal('gmi', '<', 7), goal('mean', '<', 154)];

/** Ranges and goals of the international consensus on time in range (Battelino 2019, 10.2337/dci19-0028). */
export const TARGETS: Readonly<Record<TargetPreset, GlucoseTargets>> = {
  adult: {
    preset: 'adult',
    veryLowBelow: THRESHOLDS[54],
    low: THRESHOLDS[70],
    high: THRESHOLDS[180],
    veryHighAbove: THRESHOLDS[250],
    goals: [
      goal('timeInRange', '>', 70),
      goal('timeBelowRange', '<', 4),
      goal('timeVeryLow', '<', 1),
      goal('timeAboveRange', '<', 25),
      goal('timeVeryHigh', '<', 5),
      ...WHOLE_PERIOD_GOALS,
    ],
  },
  older: {
    preset: 'older',
    veryLowBelow: null,
    low: THRESHOLDS[70],
    high: THRESHOLDS[180],
    veryHighAbove: THRESHOLDS[250],
    goals: [
      goal('timeInRange', '>', 50),
      goal('timeBelowRange', '<', 1),
      goal('timeAboveRange', '<', 50),
      goal('timeVeryHigh', '<', 10),
      goal('cv', '<=', 36),
    ],
  },
  'pregnancy-t1': {
    preset: 'pregnancy-t1',
    veryLowBelow: THRESHOLDS[54],
    low: THRESHOLDS[63],
    high: THRESHOLDS[140],
    veryHighAbove: null,
    goals: [
      goal('timeInRange', '>', 70),
      goal('timeBelowRange', '<', 4),
      goal('timeVeryLow', '<', 1),
      goal('timeAboveRange', '<', 25),
      goal('cv', '<=', 36),
    ],
  },
  // The consensus names the ranges but no percentages for gestational and type 2 diabetes in pregnancy.
  gestational: {
    preset: 'gestational',
    veryLowBelow: THRESHOLDS[54],
    low: THRESHOLDS[63],
    high: THRESHOLDS[140],
    veryHighAbove: null,
    goals: [],
  },
};

/** True for the presets whose range the glycaemia risk index was published for. */
export const hasAdultRange = (targets: GlucoseTargets): boolean =>
  targets.low === THRESHOLDS[70] && targets.high === THRESHOLDS[180];

/** The bounds of a preset as plain numbers, mg/dL. */
export interface TargetsInMgdl {
  readonly preset: TargetPreset;
  readonly lowMgdl: number;
  readonly highMgdl: number;
  readonly veryLowMgdl: number | null;
  readonly veryHighMgdl: number | null;
}

/** The bounds of a preset as plain numbers, mg/dL. */
export const targetsInMgdl = ({ preset, low, high, veryLowBelow, veryHighAbove }: GlucoseTargets): TargetsInMgdl => ({
  preset,
  lowMgdl: thresholdIn(low, 'mg/dL'),
  highMgdl: thresholdIn(high, 'mg/dL'),
  veryLowMgdl: veryLowBelow && thresholdIn(veryLowBelow, 'mg/dL'),
  veryHighMgdl: veryHighAbove && thresholdIn(veryHighAbove, 'mg/dL'),
});
