import { BullModule } from '@nestjs/bullmq';
import { Global, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import { FailedJobsService } from './failed-jobs.service.js';
import { KEEP_COMPLETED_SECONDS, QUEUES } from './jobs.js';
import { JobsService } from './jobs.service.js';
import { openQueueConnection } from './queue-connection.js';
import { QueueMetrics } from './queue-metrics.js';

const JOB_OPTIONS = {
  attempts: 5,
  backoff: { type: 'exponential', delay: 1_000, jitter: 0.5 },
  // By age alone: for a number BullMQ on PostgreSQL reads every finished job of the queue again each time one ends.
  removeOnComplete: { age: KEEP_COMPLETED_SECONDS },
  removeOnFail: { age: 14 * 86_400, count: 5_000 },
} as const;

@Global()
@Module({
  imports: [
    BullModule.forRootAsync({
      // After the database: a queue on PostgreSQL that could not connect at its start would not try again.
      inject: [ENVIRONMENT, DataSource],
      useFactory: async (environment: Environment) => ({
        ...(await openQueueConnection(environment)),
        defaultJobOptions: JOB_OPTIONS,
      }),
    }),
    BullModule.registerQueue(...Object.keys(QUEUES).map((name) => ({ name }))),
  ],
  providers: [JobsService, FailedJobsService, QueueMetrics],
  exports: [JobsService, FailedJobsService],
})
export class QueueModule {}
