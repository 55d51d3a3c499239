import type { AlgorithmName } from './algorithms.js';

export type RunStatus = 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'superseded';

/** An analysis that somebody asked for, as it is stored. */
export interface Run {
  readonly id: string;
  readonly patientId: string;
  /** `null`: the work of the night. */
  readonly createdBy: string | null;
  readonly createdAt: Date;
  readonly algorithm: AlgorithmName;
  /** Complete: what the caller left out is filled in. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly windowFrom: Date;
  readonly windowTo: Date;
  readonly status: RunStatus;
  readonly progress: number;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly supersededBy: string | null;
  /** JSON; null until the run is done. */
  readonly result: string | null;
  readonly meta: string | null;
}

export type NewRun = Pick<
  Run,
  'id' | 'patientId' | 'createdBy' | 'createdAt' | 'algorithm' | 'parameters' | 'windowFrom' | 'windowTo'
>;

export type RunKey = Pick<Run, 'id' | 'patientId'>;
