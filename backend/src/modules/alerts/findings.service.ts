import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../common/clock.js';
import { Metrics } from '../../common/metrics/metrics.js';
import type { AlertEvidence } from '../../domain/alerts/evidence.js';
import type { ClosedBy } from '../../domain/alerts/episode.js';
import { NIGHTS_LOOKED_AT, type NightLows, recurrentNightLows } from '../../domain/alerts/night-lows.js';
import { settingsAt } from '../../domain/alerts/settings-history.js';
import { LOOKBACK_SECONDS } from '../../domain/alerts/window.js';
import { startOfDayAt } from '../../domain/time/zone-history.js';
import { AlertTimeline } from './alert-timeline.js';
import { EvaluationRepository } from './evaluation.repository.js';
import { FindingsRepository, type FindingState } from './findings.repository.js';

/**
 * Keeps a patient's findings what the last nights say. A finding is a note to be read: it stands in the inbox and makes no
 * sound, since nothing has to be done about it in the night in which it is found.
 */
@Injectable()
export class FindingsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly findings: FindingsRepository,
    private readonly evaluations: EvaluationRepository,
    private readonly timeline: AlertTimeline,
    private readonly metrics: Metrics,
  ) {}

  /** @param lastDay the last finished local day, as a day number */
  async look(patientId: string, lastDay: number): Promise<void> {
    const opened = await this.dataSource.transaction((manager) => this.lookIn(manager, patientId, lastDay));
    if (opened) this.metrics.count('glucolens_alerts_opened_total', { rule: 'finding', severity: 'info' });
  }

  private async lookIn(manager: EntityManager, patientId: string, lastDay: number): Promise<boolean> {
    const now = this.clock.now();
    const state = await this.findings.hold(manager, patientId);
    const from = startOfDayAt(state.zones, lastDay - NIGHTS_LOOKED_AT + 1) - LOOKBACK_SECONDS;
    const series = await this.evaluations.seriesFrom(manager, patientId, from);
    const found = recurrentNightLows(series, state.zones, lastDay);
    const settings = settingsAt(state.settings, state.zones)(now.getTime() / 1000).finding;
    const evidence: AlertEvidence = {
      samples: [],
      mgdlPerMinute: null,
      expectedMgdl: null,
      settings,
      nights: found.nights,
      coveredNights: found.coveredNights,
    };
    if (!state.open) return settings.enabled && this.open(manager, patientId, state, found, evidence, now);
    const { id, lastAt } = state.open;
    const ended = endOf(found, settings.enabled);
    if (ended) {
      const closedAt = Math.max(found.endsAt, lastAt);
      await this.findings.close(manager, patientId, id, { closedAt, closedBy: ended, now });
      const details = { closedAt: at(closedAt), closedBy: ended };
      await this.timeline.append(manager, patientId, now, [{ episodeId: id, kind: 'closed', details }]);
    } else if (found.lastLowEndsAt !== null && found.lastLowEndsAt > lastAt) {
      await this.findings.keep(manager, patientId, id, { lastAt: found.lastLowEndsAt, evidence, now });
    }
    return false;
  }

  /** What was closed opens again only by a night that is new since. */
  private async open(
    manager: EntityManager,
    patientId: string,
    { closedLastAt }: FindingState,
    { phase, nights, coveredNights, lastLowEndsAt: openedAt }: NightLows,
    evidence: AlertEvidence,
    now: Date,
  ): Promise<boolean> {
    const [first] = nights;
    if (phase !== 'raised' || !first || openedAt === null || openedAt <= (closedLastAt ?? 0)) return false;
    const id = await this.findings.open(manager, patientId, { onsetAt: first.from, openedAt, evidence, now });
    const details = { rule: 'finding', severity: 'info', openedAt: at(openedAt), nights: nights.length, coveredNights };
    await this.timeline.append(manager, patientId, now, [{ episodeId: id, kind: 'opened', details }]);
    return true;
  }
}

function endOf({ phase }: NightLows, enabled: boolean): ClosedBy | null {
  if (!enabled) return 'turned-off';
  if (phase === 'unknown') return 'data-ended';
  return phase === 'clear' ? 'recovered' : null;
}

const at = (seconds: number): string => new Date(seconds * 1000).toISOString();
