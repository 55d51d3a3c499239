export type GlucoseUnit = 'mg/dL' | 'mmol/L';
export type Band = 'veryLow' | 'low' | 'inRange' | 'high' | 'veryHigh';
export type TargetPreset = 'adult' | 'older' | 'pregnancy-t1' | 'gestational';
export type Freshness = 'current' | 'delayed' | 'stale' | 'lost';

export interface Bound {
  mgdl: number | null;
  mmoll: number | null;
}

/** One band of the stacked bar, very high first. `display` is the reconciled integer, "<1" where it would read 0. */
export interface RangeSegment {
  band: Band;
  percent: number | null;
  display: string;
  minutesPerDay: number | null;
  low: Bound | null;
  high: Bound | null;
}

export interface RangeBracket {
  code: 'below' | 'above';
  percent: number | null;
  display: string;
}

export type GoalCode =
  'timeInRange' | 'timeBelowRange' | 'timeVeryLow' | 'timeAboveRange' | 'timeVeryHigh' | 'cv' | 'gmi' | 'mean';

export interface Goal {
  code: GoalCode;
  comparator: '>' | '<' | '<=';
  goal: number;
  value: number | null;
  met: boolean | null;
}

export interface Ranges {
  segments: RangeSegment[];
  brackets: RangeBracket[];
  tightRange: { percent: number | null; display: string } | null;
  goals: Goal[];
}

/** Percentiles in mg/dL; `days` counts the local days that fed the slot. */
export interface ProfileSlot {
  minuteOfDay: number;
  n: number;
  days: number;
  p5: number | null;
  p25: number | null;
  p50: number | null;
  p75: number | null;
  p95: number | null;
}

export interface Profile {
  slotMinutes: number;
  smoothing: string;
  slots: ProfileSlot[];
  axis: { min: number; max: number };
  thresholdsMgdl: number[];
  target: { lowMgdl: number; highMgdl: number };
  summary: {
    highest: { minuteOfDay: number; mgdl: number } | null;
    lowest: { minuteOfDay: number; mgdl: number } | null;
  };
}

/** Minutes since local midnight, mg/dL, flags (2 censored low, 4 censored high). */
export type DayPoint = [minuteOfDay: number, mgdl: number, flags: number];

export interface ProfileDay {
  day: string;
  weekday: number;
  lengthMinutes: number;
  count: number;
  timeInRange: number | null;
  points: DayPoint[];
}

export interface LastReading {
  measuredAt: string;
  value: number;
  unit: GlucoseUnit;
  censored: null | 'low' | 'high';
  freshness: Freshness;
  ageMinutes: number;
}

/** `null` in `metrics` always has its reason in `reasons`. */
export interface MetricsReport {
  coverage: { activePercent: number | null; days: number; readings: number; sufficient: boolean };
  metrics: Record<string, number | string | null>;
  reasons: Record<string, string>;
}

export interface PatientSummary {
  id: string;
  displayName: string;
  dateOfBirth: string | null;
  diabetesType: string | null;
  targetPreset: TargetPreset;
  timeZone: string;
  unit: GlucoseUnit;
  synthetic: boolean;
}

/** Days back from today or the last reading, or a chosen `[from, to)` of ISO instants. */
export type OverviewPeriod = { days: number } | { from: string; to: string };

export interface Overview {
  patient: PatientSummary;
  period: {
    days: number;
    from: string;
    to: string;
    firstDay: string;
    lastDay: string;
    anchoredAt: 'today' | 'last-reading' | 'chosen';
  };
  lastReading: (LastReading & { mgdl: number; trendMgdlPerMinute: number | null }) | null;
  report: MetricsReport;
  sufficiency: {
    level: 'sufficient' | 'partial' | 'insufficient';
    activePercent: number | null;
    days: number;
    daysWanted: number;
  };
  ranges: Ranges;
  profile: Profile;
  days: ProfileDay[];
}

export interface PanelFlag {
  code: string;
  text: string;
  percent: number | null;
}

export interface PanelItem {
  id: string;
  displayName: string;
  ageYears: number | null;
  diabetesType: string | null;
  synthetic: boolean;
  targetPreset: TargetPreset;
  unit: GlucoseUnit;
  segments: RangeSegment[];
  metrics: Record<string, number | string | null>;
  coverage: { activePercent: number | null; days: number; sufficient: boolean };
  lastReading: LastReading | null;
  flags: PanelFlag[];
}

export interface Panel {
  items: PanelItem[];
  nextCursor: string | null;
  counts: Record<string, number>;
}

export interface ImportRowError {
  line: number;
  column: string;
  value: string;
  code: string;
  message: string;
}

export interface ImportQuestion {
  code: string;
  samples: string[];
}

export type DateOrder = 'DMY' | 'MDY';

export interface ImportReport {
  id: string;
  status: 'queued' | 'running' | 'needs-input' | 'done' | 'refused';
  /** What the file is; its name is not kept, since vendors put the patient in it. */
  label: string;
  createdAt: string;
  format: 'dexcom-clarity' | 'libreview' | null;
  progress: number;
  counts: { new: number; known: number; rejected: number };
  firstMeasuredAt: string | null;
  lastMeasuredAt: string | null;
  refusal: { code: string; message: string } | null;
  questions: ImportQuestion[];
  errors: ImportRowError[];
}

export interface CurrentUser {
  id: string;
  email: string;
  displayName: string;
  unitPreference: GlucoseUnit | null;
  /** The caller's own patient record. */
  patientId: string | null;
  memberships: Array<{ organisationId: string; organisationName: string; role: 'clinician' | 'admin' }>;
}
