import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { AlgorithmName } from './algorithms.js';
import type { NewRun, Run, RunKey } from './run.js';

const COLUMNS = `id, patient_id AS "patientId", created_by AS "createdBy", created_at AS "createdAt", algorithm, parameters,
  window_from AS "windowFrom", window_to AS "windowTo", status, progress, started_at AS "startedAt",
  finished_at AS "finishedAt", superseded_by AS "supersededBy", result, meta`;

const INSERT = `
  INSERT INTO ml_runs (patient_id, id, created_by, created_at, algorithm, parameters, window_from, window_to, status)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'queued')`;

/** Once for each night, and only of a record that somebody still adds to. */
const INSERT_AT_NIGHT = `
  INSERT INTO ml_runs (patient_id, id, created_by, created_at, algorithm, parameters, window_from, window_to, status)
  SELECT $1::uuid, $2::uuid, $3::uuid, $4::timestamptz, $5, $6::jsonb, $7::timestamptz, $8::timestamptz, 'queued'
  WHERE EXISTS (SELECT FROM patient_ingest i WHERE i.patient_id = $1 AND i.last_reading_at > $8::timestamptz - interval '7 days')
  ON CONFLICT DO NOTHING RETURNING id`;

/**
 * The answer, and with it the end of earlier answers to the same question: with the same parameters, about a window of the
 * same length that overlaps with this one and ends no later. What the night asked is replaced by another night alone.
 */
const FINISH = `
  WITH done AS (
    UPDATE ml_runs SET status = 'done', progress = 1, finished_at = $3, result = $4, meta = $5
    WHERE patient_id = $1 AND id = $2 AND status = 'running' RETURNING *
  ), superseded AS (
    UPDATE ml_runs old SET status = 'superseded', superseded_by = done.id, result = NULL, meta = NULL
    FROM done
    WHERE old.patient_id = done.patient_id AND old.algorithm = done.algorithm AND old.parameters = done.parameters
      AND old.status = 'done' AND old.id <> done.id AND old.window_to BETWEEN done.window_from AND done.window_to
      AND old.window_to - old.window_from = done.window_to - done.window_from
      AND (old.created_by IS NULL) = (done.created_by IS NULL)
  )
  SELECT FROM done`;

const NEWEST = `
  SELECT DISTINCT ON (algorithm) ${COLUMNS} FROM ml_runs
  WHERE patient_id = $1 AND status = 'done' ORDER BY algorithm, window_to DESC, created_at DESC`;

/** The last try of each algorithm, where it came to no answer; what was answered before or since stands beside it. */
const UNANSWERED = `
  SELECT * FROM (
    SELECT DISTINCT ON (algorithm) ${COLUMNS} FROM ml_runs
    WHERE patient_id = $1 AND status IN ('done', 'failed', 'cancelled') ORDER BY algorithm, finished_at DESC, created_at DESC
  ) last WHERE status <> 'done'`;

const UNFINISHED = `
  SELECT ${COLUMNS} FROM ml_runs
  WHERE patient_id = $1 AND status IN ('queued', 'running') AND created_by IS NOT NULL ORDER BY created_at`;

/** Questions of one record are let in one after the other, so that two who ask the same at once cannot both be the first. */
const ONE_BY_ONE = `SELECT pg_advisory_xact_lock(hashtextextended('ml_runs ' || $1::text, 0))`;

/** A question that is still being answered; `$6` is how many seconds apart the ends of the windows may be. */
const UNDER_WAY = `
  SELECT ${COLUMNS} FROM ml_runs
  WHERE patient_id = $1 AND algorithm = $2 AND parameters = $3::jsonb AND status IN ('queued', 'running')
    AND created_by IS NOT NULL AND window_to - window_from = $5::timestamptz - $4::timestamptz
    AND window_to BETWEEN $5::timestamptz - make_interval(secs => $6) AND $5::timestamptz + make_interval(secs => $6)
  ORDER BY created_at DESC LIMIT 1`;

/**
 * What the last night was answered by one algorithm; arguments are SQL expressions. Whoever may read may ask, with
 * parameters and windows of their own: that changes nothing for others.
 */
export const resultOfNight = (patientId: string, algorithm: string): string => `
  SELECT result FROM ml_runs
  WHERE patient_id = ${patientId} AND algorithm = ${algorithm} AND status = 'done' AND created_by IS NULL
  ORDER BY window_to DESC, created_at DESC LIMIT 1`;

export interface AskLimits {
  /** How far apart the windows of two runs may end that ask the same. */
  readonly apartSeconds: number;
  readonly mostUnderWay: number;
}

/** The table of analyses. */
@Injectable()
export class RunsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * What people ask: a run like it that is under way, or the run itself, kept. `null` where so many of the record's are under
   * way already that it is not kept.
   */
  ask(run: NewRun, { apartSeconds, mostUnderWay }: AskLimits): Promise<{ id: string; isNew: boolean } | null> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query(ONE_BY_ONE, [run.patientId]);
      const { patientId, algorithm, parameters, windowFrom, windowTo } = run;
      const like = [patientId, algorithm, JSON.stringify(parameters), windowFrom, windowTo, apartSeconds];
      const [found] = await manager.query<Run[]>(UNDER_WAY, like);
      if (found) return { id: found.id, isNew: false };
      if ((await manager.query<Run[]>(UNFINISHED, [patientId])).length >= mostUnderWay) return null;
      await manager.query(INSERT, valuesOf(run));
      return { id: run.id, isNew: true };
    });
  }

  /** False where it was asked already, or need not be. */
  async insertAtNight(run: NewRun): Promise<boolean> {
    return (await this.dataSource.query<unknown[]>(INSERT_AT_NIGHT, valuesOf(run))).length > 0;
  }

  /** A run by its id alone: the caller has yet to be let through to its patient. */
  async find(id: string): Promise<Run | null> {
    const [row] = await this.dataSource.query<Run[]>(`SELECT ${COLUMNS} FROM ml_runs WHERE id = $1`, [id]);
    return row ?? null;
  }

  /** The answer of a patient to each algorithm that is about the newest time. */
  newestOf(patientId: string): Promise<Run[]> {
    return this.dataSource.query<Run[]>(NEWEST, [patientId]);
  }

  /** The last try of each algorithm that failed or was stopped, and was followed by no answer. */
  unansweredOf(patientId: string): Promise<Run[]> {
    return this.dataSource.query<Run[]>(UNANSWERED, [patientId]);
  }

  /** As JSON; null where there was none. */
  async resultOfNight(patientId: string, algorithm: AlgorithmName): Promise<string | null> {
    const [row] = await this.dataSource.query<{ result: string }[]>(resultOfNight('$1', '$2'), [patientId, algorithm]);
    return row?.result ?? null;
  }

  /** What people ask a patient's record just now, oldest first. What the night asks keeps nobody waiting. */
  unfinishedOf(patientId: string): Promise<Run[]> {
    return this.dataSource.query<Run[]>(UNFINISHED, [patientId]);
  }

  /** Runs of anybody that wait or run, and were created before an instant. */
  async unfinishedBefore(instant: Date): Promise<{ readonly id: string; readonly createdBy: string | null }[]> {
    return this.dataSource.query(
      `SELECT id, created_by AS "createdBy" FROM ml_runs WHERE status IN ('queued', 'running') AND created_at < $1 ORDER BY created_at`,
      [instant],
    );
  }

  async start(key: RunKey, now: Date): Promise<void> {
    await this.update(key, `status = 'running', started_at = $3`, [now]);
  }

  /** False where somebody has ended the run meanwhile. */
  async advance(key: RunKey, progress: number): Promise<boolean> {
    return this.update(key, 'progress = greatest(progress, $3)', [progress]);
  }

  /** False where somebody has ended the run meanwhile. */
  async finish({ patientId, id }: RunKey, now: Date, result: string, meta: string): Promise<boolean> {
    return (await this.dataSource.query<unknown[]>(FINISH, [patientId, id, now, result, meta])).length > 0;
  }

  /** False where it had ended already. */
  async end(key: RunKey, status: 'failed' | 'cancelled', now: Date): Promise<boolean> {
    return this.update(key, 'status = $3, finished_at = $4', [status, now]);
  }

  /** A run that has ended stays as it ended. */
  private async update({ patientId, id }: RunKey, assignments: string, values: readonly unknown[]): Promise<boolean> {
    const [, count] = await this.dataSource.query<[unknown[], number]>(
      `UPDATE ml_runs SET ${assignments} WHERE patient_id = $1 AND id = $2 AND status IN ('queued', 'running')`,
      [patientId, id, ...values],
    );
    return count > 0;
  }
}

const valuesOf = (run: NewRun): unknown[] => [
  run.patientId,
  run.id,
  run.createdBy,
  run.createdAt,
  run.algorithm,
  JSON.stringify(run.parameters),
  run.windowFrom,
  run.windowTo,
];
