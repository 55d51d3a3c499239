import type { Job } from 'bullmq';
import * as z from 'zod';
import { type JobName, type JobPayload, JOBS } from './jobs.js';

/** What is stored of a job: its payload, and the request that asked for it, if any did. */
export interface JobEnvelope<N extends JobName> {
  readonly requestId: string | null;
  readonly payload: JobPayload<N>;
}

const Envelope = z.object({ requestId: z.string().nullable(), payload: z.unknown() });

/** The request on whose behalf a job runs; null for work that no request asked for. */
export const requestOf = (job: Pick<Job, 'data'>): string | null =>
  Envelope.safeParse(job.data).data?.requestId ?? null;

/** The payload of a job of the given name, or null where it is not one. */
export function payloadOf<N extends JobName>(name: N, job: Pick<Job, 'data'>): JobPayload<N> | null {
  const parsed = JOBS[name].payload.safeParse(Envelope.safeParse(job.data).data?.payload);
  return parsed.success ? (parsed.data as JobPayload<N>) : null;
}
