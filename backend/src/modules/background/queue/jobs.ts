import * as z from 'zod';

/** Queues, with how many jobs of each one worker runs side by side. */
export const QUEUES = {
  imports: { concurrency: 2 },
  maintenance: { concurrency: 2 },
  alerts: { concurrency: 2 },
  deliveries: { concurrency: 2 },
  /** One thread computes at a time, so that a core is left for what people wait for. */
  ml: { concurrency: 1 },
} as const;

export type QueueName = keyof typeof QUEUES;

interface JobDefinition {
  readonly queue: QueueName;
  /** Ids only: payloads are shown to whoever looks after the queue. */
  readonly payload: z.ZodType;
  /** Waits for every job without one; a larger number waits longer. */
  readonly priority?: number;
}

/** Patients whom one job of the night looks after: some seconds of work, more where each has many nights to catch up. */
export const PATIENTS_PER_NIGHT_JOB = 100;

/** Patients whom one job of the alerts looks at. */
export const PATIENTS_PER_EVALUATION = 100;

/** Every job there is. Producers and processors both start here, so neither can drift. */
export const JOBS = {
  'imports.run': { queue: 'imports', payload: z.object({ importId: z.uuid() }) },
  'imports.resume': { queue: 'maintenance', payload: z.object({}) },
  'demo.feed': { queue: 'maintenance', payload: z.object({}) },
  'live.forget': { queue: 'maintenance', payload: z.object({}) },
  'audit.seal': { queue: 'maintenance', payload: z.object({}) },
  'nights.begin': { queue: 'maintenance', payload: z.object({}) },
  'nights.close': {
    queue: 'maintenance',
    payload: z.object({ patientIds: z.array(z.uuid()).min(1).max(PATIENTS_PER_NIGHT_JOB) }),
    priority: 10,
  },
  'alerts.evaluate': {
    queue: 'alerts',
    payload: z.object({ patientIds: z.array(z.uuid()).min(1).max(PATIENTS_PER_EVALUATION) }),
  },
  'alerts.sweep': { queue: 'alerts', payload: z.object({}) },
  'alerts.deliver': { queue: 'deliveries', payload: z.object({}) },
  // Not behind the work of the night: its silence wakes somebody.
  'alerts.heartbeat': { queue: 'deliveries', payload: z.object({}) },
  'ml.run': { queue: 'ml', payload: z.object({ runId: z.uuid() }) },
  /** The same, of the night: whoever asked by hand comes first. */
  'ml.run-at-night': { queue: 'ml', payload: z.object({ runId: z.uuid() }), priority: 10 },
  'ml.resume': { queue: 'maintenance', payload: z.object({}) },
  'forecasts.issue': { queue: 'maintenance', payload: z.object({}) },
} as const satisfies Record<string, JobDefinition>;

export type JobName = keyof typeof JOBS;
export type JobPayload<N extends JobName> = z.infer<(typeof JOBS)[N]['payload']>;

export const JOB_NAMES = Object.keys(JOBS) as JobName[];

/** Where a job runs and what it carries, by a name that may be unknown. */
export const definitionOf = (name: string): JobDefinition | undefined =>
  Object.hasOwn(JOBS, name) ? JOBS[name as JobName] : undefined;

const MINUTE_MS = 60_000;

/** Work that comes round by itself, with the length of its slots in milliseconds. */
export const RECURRING_JOBS = {
  'alerts.sweep': 10_000,
  'alerts.deliver': 10_000,
  'imports.resume': 10_000,
  'forecasts.issue': 30_000,
  'alerts.heartbeat': MINUTE_MS,
  'audit.seal': MINUTE_MS,
  'ml.resume': MINUTE_MS,
  'demo.feed': 5 * MINUTE_MS,
  'live.forget': 10 * MINUTE_MS,
  'nights.begin': 60 * MINUTE_MS,
} as const satisfies { readonly [N in JobName]?: number };

export type RecurringJob = keyof typeof RECURRING_JOBS;

/**
 * How long a finished job is remembered. A slot is protected from being worked through twice only while its job is, so
 * this is twice the longest slot.
 */
export const KEEP_COMPLETED_SECONDS = (2 * Math.max(...Object.values(RECURRING_JOBS))) / 1000;
