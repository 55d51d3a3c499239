import { addStatistics, sharesOf, type SummaryPeriod, summaryOf } from '../../domain/glycemia/additive-statistics.js';
import type { AnchoredPeriod } from '../../domain/glycemia/anchored-period.js';
import { displayedRanges } from '../../domain/glycemia/segments.js';
import { elapsedSeconds } from '../../domain/glycemia/sufficiency.js';
import { TARGETS } from '../../domain/glycemia/targets.js';
import { localDayAt } from '../../domain/time/zone-history.js';
import { isoDay } from '../../domain/time/zone.js';
import { inWords, type RaisedFlag, raisedFlags } from '../../domain/triage/flags.js';
import { type LowHint, lowHint } from '../../domain/triage/low-hint.js';
import { toLastReading } from '../glycemia/overview.js';
import type { PanelFacts, PatientFacts } from '../glycemia/patient-facts.repository.js';
import type { LastSample } from '../readings/days.repository.js';
import type { WindowTotals } from '../readings/day-window.js';
import type { PanelPatient } from './panel.schema.js';

/** A panel looks at a fortnight, as the consensus does. */
export const PANEL_DAYS = 14;

/** A patient with what the days of the period add up to and how urgent that is. */
export interface TriagedPatient {
  readonly facts: PatientFacts;
  readonly totals: WindowTotals;
  readonly period: SummaryPeriod;
  readonly flags: readonly RaisedFlag[];
  readonly lowRisk: LowHint;
}

/** Judges the days of a period; `null` totals are those of a patient without readings. */
export function triage(
  facts: PanelFacts,
  period: AnchoredPeriod,
  totals: WindowTotals | null,
  now: Date,
): TriagedPatient {
  const of = {
    preset: facts.targetPreset,
    elapsedSeconds: elapsedSeconds(period),
    daysSpanned: PANEL_DAYS,
  };
  const sums = totals ?? NOTHING;
  const { metrics, coverage } = sharesOf(sums, sums.days, of);
  const { targetPreset: preset, unit, lastReadingAt } = facts;
  const at = now.getTime() / 1000;
  const person = { preset, unit, periodDays: PANEL_DAYS, lastReadingAt, now: at, metrics, coverage };
  const lowRisk = lowHint(facts.keptLowRisk, person, at);
  return { facts, totals: sums, period: of, flags: raisedFlags(person), lowRisk };
}

const NOTHING: WindowTotals = { ...addStatistics([]), days: 0 };

/** A triaged patient as a row of the panel: here are the numbers and words that only those who are shown need. */
export function toPanelPatient(
  { facts, totals, period, flags, lowRisk }: TriagedPatient,
  lastSample: LastSample | null,
  now: Date,
): PanelPatient {
  const { metrics, coverage, bands } = summaryOf(totals, totals.days, period);
  return {
    id: facts.id,
    displayName: facts.displayName,
    ageYears: facts.dateOfBirth === null ? null : ageInYears(facts.dateOfBirth, todayOf(facts, now)),
    diabetesType: facts.diabetesType,
    targetPreset: facts.targetPreset,
    unit: facts.unit,
    synthetic: facts.synthetic,
    flags: inWords(flags, {
      preset: facts.targetPreset,
      unit: facts.unit,
      periodDays: PANEL_DAYS,
      lastReadingAt: facts.lastReadingAt,
      now: now.getTime() / 1000,
    }),
    lastReading: lastSample && toLastReading(lastSample, now),
    lowRisk: toLowHint(lowRisk, facts),
    metrics: {
      mean: metrics.mean,
      sd: metrics.sd,
      cv: metrics.cv,
      gmi: metrics.gmi,
      gri: metrics.gri,
      timeBelow54: metrics.timeBelow54,
      timeBelow70: metrics.timeBelow70,
      timeBelowRange: metrics.timeBelowRange,
      timeInRange: metrics.timeInRange,
      timeAboveRange: metrics.timeAboveRange,
      timeAbove180: metrics.timeAbove180,
      timeAbove250: metrics.timeAbove250,
    },
    segments: [...displayedRanges(bands, TARGETS[facts.targetPreset]).segments],
    coverage,
  };
}

function toLowHint(hint: LowHint, facts: PatientFacts): PanelPatient['lowRisk'] {
  if ('unavailable' in hint) return hint;
  const { chance, from, computedAt } = hint;
  return {
    chance,
    firstDay: isoDay(localDayAt(facts.zones, from)),
    computedAt: new Date(computedAt * 1000).toISOString(),
  };
}

const todayOf = (facts: PatientFacts, now: Date): string => isoDay(localDayAt(facts.zones, now.getTime() / 1000));

/** Completed years between two calendar dates. */
export function ageInYears(dateOfBirth: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(dateOfBirth.slice(0, 4));
  return today.slice(5) < dateOfBirth.slice(5) ? years - 1 : years;
}
