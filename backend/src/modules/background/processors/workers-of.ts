import type { DiscoveryService } from '@nestjs/core';
import type { Worker } from 'bullmq';
import { QueueProcessor } from './queue.processor.js';

/** The worker of each processor in this process. */
export const workersOf = (discovery: DiscoveryService): Worker[] =>
  discovery
    .getProviders()
    .map(({ instance }: { readonly instance: unknown }) => instance)
    .filter((instance) => instance instanceof QueueProcessor)
    .map(({ worker }) => worker);
