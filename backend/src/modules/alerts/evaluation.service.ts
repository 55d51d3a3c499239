import { Injectable } from '@nestjs/common';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DataSource, type EntityManager } from 'typeorm';
import { chunksOf } from '../../common/chunks.js';
import { FIRST_UUID } from '../../common/uuid.js';
import { Clock } from '../../common/clock.js';
import { isDatabaseUnavailable } from '../../database/database-errors.js';
import { severityOf } from '../../domain/alerts/episode.js';
import { evaluate, type Evaluation } from '../../domain/alerts/evaluate.js';
import type { Outage } from '../../domain/alerts/rules/no-data.js';
import { windowOf } from '../../domain/alerts/window.js';
import { alertForecaster } from '../../domain/forecasting/alert-forecaster.js';
import { AlertWorkRepository } from '../heartbeat/alert-work.repository.js';
import { changesOf } from './alert-changes.js';
import { AlertChangesWriter } from './alert-changes.writer.js';
import { ClinicChoices } from './clinic-choices.js';
import { ContactsRepository } from './contacts.repository.js';
import { DuePatientsRepository } from './due-patients.repository.js';
import { EvaluationFailures } from './evaluation-failures.js';
import { type Evaluated, EvaluationMetrics } from './evaluation-metrics.js';
import { EvaluationRepository } from './evaluation.repository.js';
import { ListeningService } from './listening.service.js';
import { SoundBell } from './sound-bell.js';

const PATIENTS_PER_SWEEP_PAGE = 200;
/** Looked at in one transaction, which holds them for some milliseconds each and costs as many statements as for one. */
const PATIENTS_TOGETHER = 25;
/** Looks at many are interrupted after so long. Not sooner: those who are held wait for it. */
const TURN_MS = 20;
/** Two jobs run at a time, perhaps beside the API: most connections of a process are for whoever asks for something. */
const SIDE_BY_SIDE = 2;

/** Looks at patients for whom something arrived or whose time has come, and keeps their stored alerts what the data say. */
@Injectable()
export class EvaluationService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly due: DuePatientsRepository,
    private readonly evaluations: EvaluationRepository,
    private readonly writer: AlertChangesWriter,
    private readonly listening: ListeningService,
    private readonly bell: SoundBell,
    private readonly failures: EvaluationFailures,
    private readonly metrics: EvaluationMetrics,
    private readonly work: AlertWorkRepository,
    private readonly clinicChoices: ClinicChoices,
    private readonly contacts: ContactsRepository,
  ) {}

  /** Everybody who is due, whether or not a bell rang for them. */
  async sweep(): Promise<void> {
    // What a clinic chose may wait where it cannot be brought; a person who is low may not.
    const [brought] = await Promise.allSettled([this.clinicChoices.bring()]);
    for (let after = FIRST_UUID; ;) {
      const ids = await this.due.idsAfter(after, this.clock.now(), PATIENTS_PER_SWEEP_PAGE);
      await this.evaluateAll(ids);
      const last = ids.at(-1);
      if (last === undefined || ids.length < PATIENTS_PER_SWEEP_PAGE) break;
      after = last;
    }
    await this.work.noteEnd('evaluation', this.clock.now());
    if (brought.status === 'rejected') throw brought.reason;
  }

  /** One who cannot be looked at keeps nobody else waiting. Throws only where the database cannot be reached. */
  async evaluateAll(patientIds: readonly string[]): Promise<void> {
    if (patientIds.length === 0) return;
    // Asked beforehand: whoever holds patients must not wait for a connection that those hold who wait for the patients.
    const outages = await this.listening.outages();
    const groups = chunksOf(patientIds, PATIENTS_TOGETHER).values();
    const work = async (): Promise<void> => {
      for (const group of groups) await this.evaluateGroup(group, outages);
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  }

  /** Together, and one by one where that fails: it is not known whose alerts could not be looked at. */
  private async evaluateGroup(patientIds: readonly string[], outages: readonly Outage[]): Promise<void> {
    const now = this.clock.now();
    try {
      const evaluated = await this.dataSource.transaction((manager) =>
        this.evaluate(manager, patientIds, outages, now),
      );
      for (const one of evaluated) this.metrics.count(one);
      if (evaluated.some(({ decided }) => decided.includes('sound'))) this.bell.ring();
    } catch (error) {
      if (isDatabaseUnavailable(error)) throw error;
      const [first, ...others] = patientIds;
      if (first === undefined) return;
      if (others.length === 0) return this.failures.note(first, error, this.clock.now());
      for (const patientId of patientIds) await this.evaluateGroup([patientId], outages);
    }
  }

  /** What became of those for whom there was something to do. */
  private async evaluate(
    manager: EntityManager,
    patientIds: readonly string[],
    outages: readonly Outage[],
    now: Date,
  ): Promise<Evaluated[]> {
    const seconds = now.getTime() / 1000;
    const claimed = await this.due.claim(manager, patientIds, now);
    if (claimed.length === 0) return [];
    const looking = claimed.map((one) => ({ ...one, window: windowOf(one.quietAt, one.dueFrom ?? seconds, seconds) }));
    const held = await this.evaluations.pastOf(manager, looking);
    const looked: ((typeof held)[number] & { readonly found: Evaluation })[] = [];
    let turnBegan = performance.now();
    for (const one of held) {
      // First looks may take a tenth of a second each: whoever asks for something has a turn in between.
      if (performance.now() - turnBegan > TURN_MS) {
        await nextTurn();
        turnBegan = performance.now();
      }
      const { zones, series, settings, window } = one;
      const { quietAt } = window;
      const forecaster = alertForecaster(zones);
      looked.push({ ...one, found: evaluate({ series, quietAt, settings, zones, outages, forecaster, now: seconds }) });
    }
    const told = await this.contacts.tellSilence(manager, looked, outages, seconds);
    const changes = told.flatMap(({ patientId, found, stored, window: { replacesAfter } }) => {
      return changesOf(patientId, found, stored, { replacesAfter, now: seconds }) ?? [];
    });
    const written = await this.writer.write(manager, now, changes);
    await this.due.done(
      manager,
      now,
      looked.map(({ patientId, found: { quietAt, nextAt } }) => ({ patientId, quietAt, nextAt })),
    );
    return held.map(({ patientId, dueAt }) => ({
      receivedAt: dueAt,
      opened: changes
        .filter((one) => one.patientId === patientId)
        .flatMap(({ opened }) => opened.map(({ episode }) => ({ rule: episode.rule, severity: severityOf(episode) }))),
      decided: written.filter((one) => one.patientId === patientId).map(({ decision }) => decision),
    }));
  }
}
