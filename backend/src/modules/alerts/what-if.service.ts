import { Injectable } from '@nestjs/common';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { Clock } from '../../common/clock.js';
import { severityOf } from '../../domain/alerts/episode.js';
import type { EvaluationInput } from '../../domain/alerts/evaluate.js';
import { nightsDisturbed, type Replay, replay } from '../../domain/alerts/replay.js';
import { RULE_CODES } from '../../domain/alerts/settings.js';
import { SEVERITIES } from '../../domain/alerts/severity.js';
import { alertForecaster } from '../../domain/forecasting/alert-forecaster.js';
import type { GlucoseSeries } from '../../domain/glycemia/series.js';
import { SECONDS_PER_DAY } from '../../domain/time/zone.js';
import type { ZoneHistory } from '../../domain/time/zone-history.js';
import type { AccessiblePatient } from '../patients/patient-access.service.js';
import { AlertSettingsService } from './alert-settings.service.js';
import type { AlertSettingsChange, WhatIfReport } from './alert-settings.schemas.js';
import { EvaluationRepository } from './evaluation.repository.js';
import { ListeningService } from './listening.service.js';
import type { Chosen } from './settings-rows.js';

const DAYS = 14;
/** Read before the period, so that it begins with every rule at rest or in the middle of what it was in. */
const RUN_UP_SECONDS = 2 * SECONDS_PER_DAY;

type Past = Pick<EvaluationInput, 'series' | 'zones' | 'outages' | 'forecaster' | 'now'>;

/** Tells what settings would have meant over the past fortnight, beside those that hold. Nothing is stored. */
@Injectable()
export class WhatIfService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly evaluations: EvaluationRepository,
    private readonly listening: ListeningService,
    private readonly settings: AlertSettingsService,
  ) {}

  async compare(patient: AccessiblePatient, change: AlertSettingsChange): Promise<WhatIfReport> {
    const { present, proposed } = await this.settings.compare(patient, change);
    const now = this.clock.now().getTime() / 1000;
    const from = now - DAYS * SECONDS_PER_DAY;
    const zones = await this.evaluations.zonesOf(patient.id);
    const past = {
      series: await this.dataSource.transaction((manager) =>
        this.evaluations.seriesFrom(manager, patient.id, from - RUN_UP_SECONDS),
      ),
      zones,
      outages: await this.listening.outages(),
      forecaster: alertForecaster(zones),
      now,
    };
    return {
      from: new Date(from * 1000).toISOString(),
      to: new Date(now * 1000).toISOString(),
      days: DAYS,
      activePercent: activePercent(past.series, from, now),
      present: outcomeOf(await replayed(past, present), from, past.zones),
      proposed: outcomeOf(await replayed(past, proposed), from, past.zones),
    };
  }
}

/** How much of a period readings speak for, each of them for five minutes and no two for the same. */
function activePercent({ instants }: GlucoseSeries, from: number, to: number): number {
  let covered = 0;
  let coveredUntil = from;
  for (const instant of instants) {
    const until = Math.min(to, instant + 300);
    if (until > coveredUntil) covered += until - Math.max(instant, coveredUntil);
    coveredUntil = Math.max(coveredUntil, until);
  }
  return Math.round((covered / (to - from)) * 1000) / 10;
}

/** Lets others have their turn after each step. */
async function replayed(past: Past, chosen: Chosen): Promise<Replay> {
  const steps = replay({ ...past, settings: [{ from: Number.NEGATIVE_INFINITY, ...chosen }] });
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await nextTurn();
  }
}

function outcomeOf({ episodes, soundings }: Replay, from: number, zones: ZoneHistory): WhatIfReport['present'] {
  const alerts = episodes.filter(({ openedAt }) => openedAt >= from);
  const sounded = soundings.filter(({ at }) => at >= from);
  const perDay = (count: number): number => Math.round((count / DAYS) * 100) / 100;
  return {
    alerts: alerts.length,
    alertsPerDay: perDay(alerts.length),
    byRule: RULE_CODES.flatMap((rule) =>
      SEVERITIES.flatMap((severity) => {
        const count = alerts.filter((alert) => alert.rule === rule && severityOf(alert) === severity).length;
        return count === 0 ? [] : [{ rule, severity, alerts: count, alertsPerDay: perDay(count) }];
      }),
    ),
    soundings: sounded.length,
    soundingsPerDay: perDay(sounded.length),
    nightsDisturbed: nightsDisturbed(sounded, zones),
  };
}
