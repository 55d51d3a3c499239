import {
  glucoseProfile,
  PROFILE_AXIS,
  PROFILE_SLOT_MINUTES,
  PROFILE_SMOOTHING,
  profileSummary,
  profileThresholds,
} from '../../domain/glycemia/profile.js';
import type { GlucoseReport } from '../../domain/glycemia/report.js';
import type { GlucoseTargets } from '../../domain/glycemia/targets.js';
import type { Timeline } from '../../domain/glycemia/timeline.js';
import type { MetricsReport, Profile } from './report.schema.js';

/** Numbers of a report are mg/dL whatever unit the person reads. */
export const toMetricsReport = (report: GlucoseReport): MetricsReport => ({
  from: report.from,
  to: report.to,
  unit: 'mg/dL',
  targets: report.targets,
  coverage: report.coverage,
  metrics: report.metrics,
  episodes: { summary: [...report.episodes.summary], list: [...report.episodes.list] },
  variants: report.variants,
  reasons: report.reasons,
});

export const toProfile = (timeline: Timeline, targets: GlucoseTargets): Profile => {
  const slots = glucoseProfile(timeline);
  const summary = profileSummary(slots);
  return {
    slotMinutes: PROFILE_SLOT_MINUTES,
    smoothing: PROFILE_SMOOTHING,
    slots: [...slots],
    axis: PROFILE_AXIS,
    thresholdsMgdl: profileThresholds(targets),
    target: { lowMgdl: targets.low.mgdlTenths / 10, highMgdl: targets.high.mgdlTenths / 10 },
    summary: { highest: summary.highest, lowest: summary.lowest },
  };
};
