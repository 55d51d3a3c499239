import { Injectable } from '@nestjs/common';
import { createHash, randomUUID } from 'node:crypto';
import { Clock } from '../../common/clock.js';
import { type FieldError, Problem } from '../../common/problem.js';
import { isUuid } from '../../common/uuid.js';
import { SECONDS_PER_DAY } from '../../domain/time/zone.js';
import type { Actor } from '../auth/actor.js';
import { JobsService } from '../background/queue/jobs.service.js';
import { JobNews } from '../live/job-news.js';
import { type Occasion, PatientAccessService } from '../patients/patient-access.service.js';
import { type AlgorithmName, algorithmOf } from './algorithms.js';
import type { Findings, MlRun, NewMlRun } from './ml.schemas.js';
import type { Run } from './run.js';
import { toMlRun } from './run-wire.js';
import { RunsRepository } from './runs.repository.js';

const USUAL_DAYS = 90;
const MOST_DAYS = 400;
const AT_NIGHT: readonly AlgorithmName[] = [
  'forecast',
  'patterns',
  'risk',
  'matrix-profile',
  'influences',
  'rules',
  'pcmci',
];
const DAY_MS = SECONDS_PER_DAY * 1_000;
/** Whoever presses a button again and again fills no queue. */
const MOST_UNDER_WAY = 10;
/** As long as an analysis may take. */
const SAME_NOW_SECONDS = 600;
/** A job that is on its queue takes no harm from being asked for twice. */
const FORGOTTEN_MS = 60_000;

interface Question {
  readonly algorithm: AlgorithmName;
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
  readonly windowFrom: Date;
  readonly windowTo: Date;
}

/** Takes questions about a patient's record and tells what became of them. */
@Injectable()
export class RunsService {
  constructor(
    private readonly clock: Clock,
    private readonly runs: RunsRepository,
    private readonly jobs: JobsService,
    private readonly access: PatientAccessService,
    private readonly news: JobNews,
  ) {}

  async ask(actor: Actor, { patientId, from, to, ...asked }: NewMlRun, occasion: Occasion): Promise<{ id: string }> {
    const patient = await this.access.authorise(actor, patientId, 'read', occasion);
    const now = this.clock.now();
    const windowTo = to === undefined ? now : new Date(to);
    const windowFrom = from === undefined ? new Date(windowTo.getTime() - USUAL_DAYS * DAY_MS) : new Date(from);
    // Nothing is known of the time to come, and an answer about it would count as the newest for as long.
    if (windowTo > now) throw unfit('to', 'too_big', 'to lies in the past.');
    if (windowFrom >= windowTo) throw unfit('to', 'out_of_order', 'to lies after from.');
    if (windowTo.getTime() - windowFrom.getTime() > MOST_DAYS * DAY_MS) {
      throw unfit('from', 'too_big', `A window is at most ${MOST_DAYS} days long.`);
    }
    // Of those who ask up to now, the second a moment later, both mean the same.
    const apartSeconds = from === undefined && to === undefined ? SAME_NOW_SECONDS : 0;
    return { id: await this.join(patient.id, actor.userId, { ...asked, windowFrom, windowTo }, apartSeconds) };
  }

  /** What is asked of every record each night: of whole days, up to the last that has finished. Safe to repeat. */
  async askAtNight(patientId: string, windowTo: Date): Promise<void> {
    const windowFrom = new Date(windowTo.getTime() - USUAL_DAYS * DAY_MS);
    for (const algorithm of AT_NIGHT) {
      const id = uuidOf(`${patientId} ${algorithm} ${windowTo.toISOString()}`);
      const parameters = parametersOf(algorithm, {});
      const run = { id, patientId, createdBy: null, createdAt: this.clock.now() };
      const isNew = await this.runs.insertAtNight({ ...run, algorithm, parameters, windowFrom, windowTo });
      if (isNew) await this.jobs.enqueueNowOrLater('ml.run-at-night', { runId: id }, id);
    }
  }

  async report(actor: Actor, runId: string, occasion: Occasion): Promise<MlRun> {
    return toMlRun(await this.findFor(actor, runId, occasion));
  }

  async cancel(actor: Actor, runId: string, occasion: Occasion): Promise<MlRun> {
    const run = await this.findFor(actor, runId, occasion);
    if (!(await this.runs.end(run, 'cancelled', this.clock.now()))) {
      throw new Problem('CONFLICT', 'This analysis has ended already.');
    }
    await this.news.tell(run, 'cancelled');
    return toMlRun((await this.runs.find(runId)) ?? run);
  }

  async findings(patientId: string): Promise<Findings> {
    const [items, underWay, unanswered] = await Promise.all([
      this.runs.newestOf(patientId),
      this.runs.unfinishedOf(patientId),
      this.runs.unansweredOf(patientId),
    ]);
    return { items: items.map(toMlRun), underWay: underWay.map(toMlRun), unanswered: unanswered.map(toMlRun) };
  }

  /** Asks again for runs whose job never reached the queue or was lost with it. */
  async resumeForgotten(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - FORGOTTEN_MS);
    for (const { id, createdBy } of await this.runs.unfinishedBefore(before)) {
      await this.jobs.enqueue(createdBy === null ? 'ml.run-at-night' : 'ml.run', { runId: id }, id);
    }
  }

  /** Whoever asks what is being asked already waits for the same answer, and is not counted. */
  private async join(patientId: string, createdBy: string, question: Question, apartSeconds: number) {
    const { algorithm, windowFrom, windowTo } = question;
    const parameters = parametersOf(algorithm, question.parameters ?? {});
    const run = { id: randomUUID(), patientId, createdBy, createdAt: this.clock.now() };
    const asked = { ...run, algorithm, parameters, windowFrom, windowTo };
    const found = await this.runs.ask(asked, { apartSeconds, mostUnderWay: MOST_UNDER_WAY });
    if (!found) {
      throw new Problem('TOO_MANY_REQUESTS', 'This record is being asked enough already. Wait for the answers.');
    }
    if (!found.isNew) return found.id;
    await this.jobs.enqueueNowOrLater('ml.run', { runId: run.id }, run.id);
    await this.news.tell(run, 'queued');
    return run.id;
  }

  /** A run that the caller may not see is answered like one that does not exist. */
  private async findFor(actor: Actor, runId: string, occasion: Occasion): Promise<Run> {
    const run = isUuid(runId) ? await this.runs.find(runId) : null;
    if (!run) throw noSuchRun();
    // The page asks each second how far it is; the answer is another look.
    const repeats = `${run.id} ${run.status}`;
    await this.access.authoriseFor(actor, run, 'read', { ...occasion, repeats }, noSuchRun);
    return run;
  }
}

const noSuchRun = (): Problem => new Problem('NOT_FOUND', 'There is no such analysis.');

/** The parameters of an algorithm, complete. */
function parametersOf(name: AlgorithmName, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const parsed = algorithmOf(name).parameters.safeParse(given);
  if (parsed.success) return parsed.data as Record<string, unknown>;
  const fields = parsed.error.issues.map(({ path, code, message }) => ({
    path: ['parameters', ...path].join('.'),
    code,
    message,
  }));
  throw new Problem('INVALID_INPUT', 'The parameters do not fit the algorithm.', fields);
}

/** A UUID (version 8) that says which question it is, so that asking twice is asking once. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const unfit = (path: string, code: string, message: string): Problem =>
  new Problem('INVALID_INPUT', message, [{ path, code, message } satisfies FieldError]);
