import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { unpackDays } from '../../domain/glycemia/day-samples.js';
import { type GlucoseReport, reportOfTimeline } from '../../domain/glycemia/report.js';
import type { GlucoseSeries } from '../../domain/glycemia/series.js';
import { type GlucoseTargets, TARGETS } from '../../domain/glycemia/targets.js';
import { sliceSeries, type Timeline, timelineOf } from '../../domain/glycemia/timeline.js';
import { isoDay, parseIsoDay } from '../../domain/time/zone.js';
import { localDayAt } from '../../domain/time/zone-history.js';
import { DaysRepository, type StoredDay } from '../readings/days.repository.js';
import { toGlucoseDay } from './glucose-day.js';
import type { GlucoseDays, Overview } from './overview.schema.js';
import { toLiveReading, toUploader, toRanges, toSufficiency } from './overview.js';
import { type PatientFacts, PatientFactsRepository } from './patient-facts.repository.js';
import { type DaysQuery, outOfOrder, type PeriodQuery, periodOf, type ReportPeriod } from './period.js';
import type { MetricsReport, Profile } from './report.schema.js';
import { toMetricsReport, toProfile } from './report.js';

/** Daily traces on a page: the last fortnight of the period. */
const DAYS_SHOWN = 14;
const LONGEST_DAYS = 366;

/** A patient's canonical series over a period, laid out once and read by every part of an answer. */
interface Examined {
  readonly facts: PatientFacts;
  readonly period: ReportPeriod;
  readonly targets: GlucoseTargets;
  readonly stored: readonly StoredDay[];
  readonly series: GlucoseSeries;
  readonly timeline: Timeline;
}

/** Reports over the day projection. All of them start from the same rows, so no two can disagree. */
@Injectable()
export class GlycemiaService {
  constructor(
    private readonly patients: PatientFactsRepository,
    private readonly days: DaysRepository,
    private readonly clock: Clock,
  ) {}

  async metrics(patientId: string, query: PeriodQuery): Promise<MetricsReport> {
    return toMetricsReport(this.reportOf(await this.examine(patientId, query)));
  }

  async profile(patientId: string, query: PeriodQuery): Promise<Profile> {
    const { timeline, targets } = await this.examine(patientId, query);
    return toProfile(timeline, targets);
  }

  async daysBetween(patientId: string, query: DaysQuery): Promise<GlucoseDays> {
    const facts = await this.patients.of(patientId);
    const period = periodOf({}, facts, this.clock.now());
    const last = query.to === undefined ? period.lastDay : parseIsoDay(query.to);
    const first = query.from === undefined ? Math.min(last, period.firstDay) : parseIsoDay(query.from);
    if (first > last) throw outOfOrder('to', 'must not be before from');
    if (last - first >= LONGEST_DAYS) throw outOfOrder('from', `at most ${LONGEST_DAYS} days in one answer`);
    const stored = await this.days.daysOf(patientId, first, last);
    const targets = TARGETS[facts.targetPreset];
    return { items: stored.map((day) => toGlucoseDay(day, facts.zones, targets)), nextCursor: null };
  }

  async overview(patientId: string, query: PeriodQuery): Promise<Overview> {
    const examined = await this.examine(patientId, query);
    const { facts, period, targets, timeline, stored } = examined;
    const report = this.reportOf(examined);
    const newest = await this.newestDay(examined);
    return {
      patient: {
        id: facts.id,
        displayName: facts.displayName,
        dateOfBirth: facts.dateOfBirth,
        diabetesType: facts.diabetesType,
        targetPreset: facts.targetPreset,
        timeZone: facts.zones.at(-1)?.zone ?? 'UTC',
        unit: facts.unit,
        synthetic: facts.synthetic,
      },
      period: {
        days: period.lastDay - period.firstDay + 1,
        from: report.from,
        to: report.to,
        firstDay: isoDay(period.firstDay),
        lastDay: isoDay(period.lastDay),
        anchoredAt: period.anchoredAt,
      },
      lastReading: newest && toLiveReading(unpackDays([newest]), this.clock.now()),
      uploader: toUploader(facts.heardAt, this.clock.now()),
      report: toMetricsReport(report),
      sufficiency: toSufficiency(report.coverage),
      ranges: toRanges(timeline.series, targets, report.metrics),
      profile: toProfile(timeline, targets),
      days: stored
        .filter((day) => day.day > period.lastDay - DAYS_SHOWN)
        .map((day) => toGlucoseDay(day, facts.zones, targets)),
    };
  }

  private async examine(patientId: string, query: PeriodQuery): Promise<Examined> {
    const facts = await this.patients.of(patientId);
    const period = periodOf(query, facts, this.clock.now());
    const stored = await this.days.daysOf(patientId, period.firstDay, period.lastDay);
    const series = sliceSeries(unpackDays(stored), period.from, period.to);
    const targets = TARGETS[facts.targetPreset];
    return { facts, period, targets, stored, series, timeline: timelineOf(series, facts.zones) };
  }

  private reportOf({ facts, period, timeline }: Examined): GlucoseReport {
    return reportOfTimeline(timeline, { ...period, history: facts.zones, preset: facts.targetPreset });
  }

  /** The day of the last reading: among the days at hand, unless an older period was chosen. */
  private async newestDay({ facts, stored }: Examined): Promise<StoredDay | null> {
    if (facts.lastReadingAt === null) return null;
    const day = localDayAt(facts.zones, facts.lastReadingAt);
    const atHand = stored.find((one) => one.day === day);
    return atHand ?? (await this.days.daysOf(facts.id, day, day))[0] ?? null;
  }
}
