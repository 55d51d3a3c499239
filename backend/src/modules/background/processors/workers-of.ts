import type { DiscoveryService } from '@nestjs/core';
import type { Worker } from 'bullmq';
import type { QueueName } from '../queue/jobs.js';
import { QueueProcessor } from './queue.processor.js';

/** The processors of this process, one for each queue. */
export const processorsOf = (discovery: DiscoveryService): QueueProcessor<QueueName>[] =>
  discovery
    .getProviders()
    .map(({ instance }: { readonly instance: unknown }) => instance)
    .filter((instance) => instance instanceof QueueProcessor);

/** The worker of each processor in this process. */
export const workersOf = (discovery: DiscoveryService): Worker[] => processorsOf(discovery).map(({ worker }) => worker);
