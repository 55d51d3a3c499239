import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../common/clock.js';
import { isDatabaseUnavailable } from '../../database/database-errors.js';
import { decide } from '../../domain/alerts/decision.js';
import { type AlertEpisode, LONGEST_EPISODE_SECONDS, severityOf } from '../../domain/alerts/episode.js';
import { type Evaluation, evaluate } from '../../domain/alerts/evaluate.js';
import { extrapolate } from '../../domain/alerts/forecast.js';
import { reconcile } from '../../domain/alerts/reconcile.js';
import { windowOf } from '../../domain/alerts/window.js';
import { type AlertEvent, AlertTimeline } from './alert-timeline.js';
import { EvaluationFailures } from './evaluation-failures.js';
import { type Evaluated, EvaluationMetrics } from './evaluation-metrics.js';
import { EpisodesRepository, type NamedEpisode } from './episodes.repository.js';
import { EvaluationRepository, type StoredAlert } from './evaluation.repository.js';
import { ListeningService } from './listening.service.js';
import { SoundBell } from './sound-bell.js';

const PATIENTS_AT_ONCE = 200;
/** Half of a worker's connections, since two jobs run at a time. */
const SIDE_BY_SIDE = 3;
/** Every id lies after this one. */
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** Looks at patients for whom something arrived or whose time has come, and keeps their stored alerts what the data say. */
@Injectable()
export class EvaluationService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly evaluations: EvaluationRepository,
    private readonly episodes: EpisodesRepository,
    private readonly timeline: AlertTimeline,
    private readonly listening: ListeningService,
    private readonly bell: SoundBell,
    private readonly failures: EvaluationFailures,
    private readonly metrics: EvaluationMetrics,
  ) {}

  /** Everybody who is due, whether or not a bell rang for them. */
  async sweep(): Promise<void> {
    for (let after = FIRST_ID; ;) {
      const ids = await this.evaluations.duePatients(after, this.clock.now(), PATIENTS_AT_ONCE);
      await this.evaluateAll(ids);
      const last = ids.at(-1);
      if (last === undefined || ids.length < PATIENTS_AT_ONCE) return;
      after = last;
    }
  }

  /** One who cannot be looked at keeps nobody else waiting. Throws only where the database cannot be reached. */
  async evaluateAll(patientIds: readonly string[]): Promise<void> {
    const waiting = patientIds.values();
    const work = async (): Promise<void> => {
      for (const patientId of waiting) {
        try {
          const now = this.clock.now();
          const evaluated = await this.dataSource.transaction((manager) => this.evaluateOne(manager, patientId, now));
          if (evaluated) this.metrics.count(evaluated);
          if (evaluated?.decided.includes('sound')) this.bell.ring();
        } catch (error) {
          if (isDatabaseUnavailable(error)) throw error;
          await this.failures.note(patientId, error, this.clock.now());
        }
      }
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  }

  /** `null` where there was nothing to do. */
  private async evaluateOne(manager: EntityManager, patientId: string, now: Date): Promise<Evaluated | null> {
    const seconds = now.getTime() / 1000;
    const patient = await this.evaluations.claim(manager, patientId, now);
    if (!patient) return null;
    const { dueFrom, zones, settings } = patient;
    const window = windowOf(patient.quietAt, dueFrom ?? seconds, seconds);
    const series = await this.evaluations.seriesFrom(manager, patientId, window.loadFrom);
    const outages = await this.listening.outages();
    const { quietAt } = window;
    const input = { series, quietAt, settings, zones, outages, forecaster: extrapolate, now: seconds };
    const evaluation = evaluate(input);
    const stored = await this.store(manager, patientId, now, window.replacesAfter, evaluation);
    await this.evaluations.done(manager, patientId, {
      now,
      quietAt: evaluation.quietAt,
      nextAt: evaluation.nextAt,
    });
    return { receivedAt: patient.dueAt, ...stored };
  }

  private async store(
    manager: EntityManager,
    patientId: string,
    now: Date,
    replacesAfter: number,
    { episodes, soundings }: Evaluation,
  ): Promise<Omit<Evaluated, 'receivedAt'>> {
    const stored = await this.evaluations.episodesAfter(manager, patientId, replacesAfter);
    // An alert that is open longer than evaluations look back goes on under its name, or has lasted as long as any may.
    const isOld = ({ openedAt }: { openedAt: number }): boolean => openedAt <= replacesAfter;
    const goesOn = (episode: AlertEpisode): boolean =>
      stored.some((one) => isOld(one) && one.rule === episode.rule && (episode.closedAt ?? Infinity) >= one.openedAt);
    const found = episodes.filter((episode) => !isOld(episode) || goesOn(episode));
    if (stored.length === 0 && found.length === 0) return { opened: [], decided: [] };
    const { opened, known, gone: missing } = reconcile(stored, found);
    const outlived = missing.filter(isOld);
    const gone = missing.filter((one) => !isOld(one));
    await this.episodes.expire(
      manager,
      patientId,
      now,
      outlived.map(({ id }) => id),
    );
    const changed = known.filter(({ stored: before, episode }) => hasChanged(before, episode));
    // What ends comes first: a rule has at most one open episode.
    await this.episodes.voidAll(
      manager,
      patientId,
      now,
      gone.map(({ id }) => id),
    );
    await this.episodes.update(
      manager,
      patientId,
      now,
      changed.map(({ stored: { id }, episode }) => ({ id, episode })),
    );
    const named = await this.episodes.insert(manager, patientId, now, opened);
    const everyOne: NamedEpisode[] = [...named, ...known.map(({ stored: { id }, episode }) => ({ id, episode }))];
    const decisions = soundings.flatMap((sounding) => {
      const own = everyOne.find(
        ({ episode }) => episode.rule === sounding.rule && episode.openedAt === sounding.openedAt,
      );
      if (!own) return [];
      return [{ episodeId: own.id, sounding, decision: decide(sounding, own.episode, now.getTime() / 1000) }];
    });
    const decided = await this.episodes.decide(manager, patientId, now, decisions);
    await this.timeline.append(manager, patientId, now, [
      ...gone.map(({ id }): AlertEvent => ({ episodeId: id, kind: 'voided' })),
      ...outlived.map(({ id, openedAt }): AlertEvent => ({
        episodeId: id,
        kind: 'closed',
        details: { closedAt: at(openedAt + LONGEST_EPISODE_SECONDS), closedBy: 'expired' },
      })),
      ...named.flatMap(eventsOfNew),
      ...changed.flatMap(({ stored: before, episode }) => eventsOfChange(before, episode)),
      ...decided.map(({ episodeId, severity, decision }): AlertEvent => ({
        episodeId,
        kind: 'decided',
        details: { severity, decision },
      })),
    ]);
    return { opened: named.map(({ episode }) => episode.rule), decided: decided.map(({ decision }) => decision) };
  }
}

const hasChanged = (before: StoredAlert, now: AlertEpisode): boolean =>
  before.openedAt !== now.openedAt ||
  before.lastAt !== now.lastAt ||
  before.closedAt !== now.closedAt ||
  before.severity !== severityOf(now);

const at = (seconds: number): string => new Date(seconds * 1000).toISOString();

function eventsOfNew({ id, episode }: NamedEpisode): AlertEvent[] {
  const { rule, openedAt, closedAt, closedBy } = episode;
  const opened: AlertEvent = {
    episodeId: id,
    kind: 'opened',
    details: { rule, severity: severityOf(episode), openedAt: at(openedAt) },
  };
  if (closedAt === null) return [opened];
  return [opened, { episodeId: id, kind: 'closed', details: { closedAt: at(closedAt), closedBy } }];
}

function eventsOfChange(before: StoredAlert, episode: AlertEpisode): AlertEvent[] {
  const { closedAt, closedBy } = episode;
  const severity = severityOf(episode);
  const events: AlertEvent[] = [];
  if (severity !== before.severity)
    events.push({ episodeId: before.id, kind: 'severity-raised', details: { severity } });
  if (closedAt !== null && before.closedAt === null) {
    events.push({ episodeId: before.id, kind: 'closed', details: { closedAt: at(closedAt), closedBy } });
  }
  if (closedAt === null && before.closedAt !== null) events.push({ episodeId: before.id, kind: 'reopened' });
  return events;
}
