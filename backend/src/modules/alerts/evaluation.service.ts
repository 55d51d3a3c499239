import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../common/clock.js';
import { isDatabaseUnavailable } from '../../database/database-errors.js';
import { decide } from '../../domain/alerts/decision.js';
import { type AlertEpisode, severityOf } from '../../domain/alerts/episode.js';
import { type Evaluation, evaluate } from '../../domain/alerts/evaluate.js';
import { extrapolate } from '../../domain/alerts/forecast.js';
import { reconcile } from '../../domain/alerts/reconcile.js';
import { windowOf } from '../../domain/alerts/window.js';
import { type AlertEvent, AlertTimeline } from './alert-timeline.js';
import { EpisodesRepository, type NamedEpisode, type WrittenDecision } from './episodes.repository.js';
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
  ) {}

  /** Everybody who is due, whether or not a bell rang for them. */
  async sweep(): Promise<void> {
    const failures: unknown[] = [];
    for (let after = FIRST_ID; ;) {
      const ids = await this.evaluations.duePatients(after, this.clock.now(), PATIENTS_AT_ONCE);
      failures.push(...(await this.evaluateEach(ids)));
      const last = ids.at(-1);
      if (last === undefined || ids.length < PATIENTS_AT_ONCE) break;
      after = last;
    }
    if (failures.length > 0) throw failures[0];
  }

  /** One who cannot be looked at keeps nobody else waiting; what was wrong is thrown once the others are done. */
  async evaluateAll(patientIds: readonly string[]): Promise<void> {
    const failures = await this.evaluateEach(patientIds);
    if (failures.length > 0) throw failures[0];
  }

  private async evaluateEach(patientIds: readonly string[]): Promise<unknown[]> {
    const waiting = patientIds.values();
    const failures: unknown[] = [];
    const work = async (): Promise<void> => {
      for (const patientId of waiting) {
        try {
          const sounds = await this.dataSource.transaction((manager) => this.evaluateOne(manager, patientId));
          if (sounds) this.bell.ring();
        } catch (error) {
          if (isDatabaseUnavailable(error)) throw error;
          failures.push(error);
        }
      }
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
    return failures;
  }

  /** Answers whether anything is to sound. */
  private async evaluateOne(manager: EntityManager, patientId: string): Promise<boolean> {
    const now = this.clock.now();
    const seconds = now.getTime() / 1000;
    const patient = await this.evaluations.claim(manager, patientId, now);
    if (!patient) return false;
    const { dueFrom, zones, settings } = patient;
    const window = windowOf(patient.quietAt, dueFrom ?? seconds, seconds);
    const series = await this.evaluations.seriesFrom(manager, patientId, window.loadFrom);
    const outages = await this.listening.outages();
    const { quietAt } = window;
    const input = { series, quietAt, settings, zones, outages, forecaster: extrapolate, now: seconds };
    const evaluation = evaluate(input);
    const decided = await this.store(manager, patientId, now, window.replacesAfter, evaluation);
    await this.evaluations.done(manager, patientId, {
      now,
      quietAt: evaluation.quietAt,
      nextAt: evaluation.nextAt,
    });
    return decided.some(({ decision }) => decision === 'sound');
  }

  private async store(
    manager: EntityManager,
    patientId: string,
    now: Date,
    replacesAfter: number,
    { episodes, soundings }: Evaluation,
  ): Promise<WrittenDecision[]> {
    const stored = await this.evaluations.episodesAfter(manager, patientId, replacesAfter);
    const found = episodes.filter(({ openedAt }) => openedAt > replacesAfter);
    if (stored.length === 0 && found.length === 0) return [];
    const { opened, known, gone } = reconcile(stored, found);
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
      ...named.flatMap(eventsOfNew),
      ...changed.flatMap(({ stored: before, episode }) => eventsOfChange(before, episode)),
      ...decided.map(({ episodeId, severity, decision }): AlertEvent => ({
        episodeId,
        kind: 'decided',
        details: { severity, decision },
      })),
    ]);
    return decided;
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
