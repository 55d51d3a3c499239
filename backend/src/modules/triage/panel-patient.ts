import { addStatistics, summaryOf } from '../../domain/glycemia/additive-statistics.js';
import type { AnchoredPeriod } from '../../domain/glycemia/anchored-period.js';
import { displayedRanges } from '../../domain/glycemia/segments.js';
import { elapsedSeconds } from '../../domain/glycemia/sufficiency.js';
import { TARGETS } from '../../domain/glycemia/targets.js';
import { localDayAt } from '../../domain/time/zone-history.js';
import { isoDay } from '../../domain/time/zone.js';
import { patientFlags } from '../../domain/triage/flags.js';
import { toLastReading } from '../glycemia/overview.js';
import type { PatientFacts } from '../glycemia/patient-facts.repository.js';
import type { WindowTotals } from '../readings/period-totals.repository.js';
import type { PanelPatient } from './panel.schema.js';

/** A panel looks at a fortnight, as the consensus does. */
export const PANEL_DAYS = 14;

/** A patient with the period that is shown and what its days add up to; `null` without readings. */
export interface ExaminedPatient {
  readonly facts: PatientFacts;
  readonly period: AnchoredPeriod;
  readonly totals: WindowTotals | null;
}

export function toPanelPatient({ facts, period, totals }: ExaminedPatient, now: Date): PanelPatient {
  const summary = summaryOf(totals ?? addStatistics([]), totals?.days ?? 0, {
    preset: facts.targetPreset,
    elapsedSeconds: elapsedSeconds(period),
    daysSpanned: PANEL_DAYS,
  });
  const { metrics, coverage } = summary;
  const flags = patientFlags({
    preset: facts.targetPreset,
    unit: facts.unit,
    periodDays: PANEL_DAYS,
    metrics,
    coverage,
    lastReadingAt: facts.lastReadingAt,
    now: now.getTime() / 1000,
  });
  return {
    id: facts.id,
    displayName: facts.displayName,
    ageYears: facts.dateOfBirth === null ? null : ageInYears(facts.dateOfBirth, todayOf(facts, now)),
    diabetesType: facts.diabetesType,
    targetPreset: facts.targetPreset,
    unit: facts.unit,
    synthetic: facts.synthetic,
    flags,
    lastReading: totals?.lastSample ? toLastReading(totals.lastSample, now) : null,
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
    segments: [...displayedRanges(summary.bands, TARGETS[facts.targetPreset]).segments],
    coverage,
  };
}

const todayOf = (facts: PatientFacts, now: Date): string => isoDay(localDayAt(facts.zones, now.getTime() / 1000));

/** Completed years between two calendar dates. */
export function ageInYears(dateOfBirth: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(dateOfBirth.slice(0, 4));
  return today.slice(5) < dateOfBirth.slice(5) ? years - 1 : years;
}
