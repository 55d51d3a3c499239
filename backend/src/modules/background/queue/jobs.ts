import * as z from 'zod';

/** Queues, with how many jobs of each one worker runs side by side. */
export const QUEUES = {
  imports: { concurrency: 2 },
  maintenance: { concurrency: 2 },
} as const;

export type QueueName = keyof typeof QUEUES;

/** Every job there is: its queue and payload. Producers and processors both start here, so neither can drift. Ids only. */
export const JOBS = {
  'imports.run': { queue: 'imports', payload: z.object({ importId: z.uuid() }) },
  'imports.resume': { queue: 'maintenance', payload: z.object({}) },
  'demo.feed': { queue: 'maintenance', payload: z.object({}) },
  'audit.seal': { queue: 'maintenance', payload: z.object({}) },
} as const satisfies Record<string, { queue: QueueName; payload: z.ZodType }>;

export type JobName = keyof typeof JOBS;
export type JobPayload<N extends JobName> = z.infer<(typeof JOBS)[N]['payload']>;
