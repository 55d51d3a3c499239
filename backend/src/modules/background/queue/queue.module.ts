import { BullModule } from '@nestjs/bullmq';
import { Global, Module } from '@nestjs/common';
import { createPostgresBackend, setDefaultBackendFactory } from 'bullmq';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import { QUEUES } from './jobs.js';
import { JobsService } from './jobs.service.js';

/** Pool of each queue and worker on PostgreSQL; each also holds one LISTEN connection. */
const QUEUE_POOL_SIZE = 3;

const JOB_OPTIONS = {
  attempts: 5,
  backoff: { type: 'exponential', delay: 1_000, jitter: 0.5 },
  removeOnComplete: { age: 86_400, count: 1_000 },
  removeOnFail: { age: 14 * 86_400, count: 5_000 },
} as const;

/** BullMQ on Redis or Valkey where `REDIS_URL` says so, else on PostgreSQL in a schema of its own. */
function queueOptions(environment: Environment) {
  if (environment.REDIS_URL) {
    const { hostname, port, username, password, pathname, protocol } = new URL(environment.REDIS_URL);
    setDefaultBackendFactory();
    return {
      prefix: environment.QUEUE_SCHEMA,
      connection: {
        host: hostname,
        port: Number(port || 6379),
        ...(username ? { username: decodeURIComponent(username) } : {}),
        ...(password ? { password: decodeURIComponent(password) } : {}),
        db: Number(pathname.slice(1) || 0),
        ...(protocol === 'rediss:' ? { tls: {} } : {}),
      },
    };
  }
  setDefaultBackendFactory(createPostgresBackend);
  return {
    connection: {
      connectionString: environment.DATABASE_DIRECT_URL ?? environment.DATABASE_URL,
      schema: environment.QUEUE_SCHEMA,
      migrate: true,
      max: QUEUE_POOL_SIZE,
    },
  };
}

@Global()
@Module({
  imports: [
    BullModule.forRootAsync({
      inject: [ENVIRONMENT],
      useFactory: (environment: Environment) => ({ ...queueOptions(environment), defaultJobOptions: JOB_OPTIONS }),
    }),
    BullModule.registerQueue(...Object.keys(QUEUES).map((name) => ({ name }))),
  ],
  providers: [JobsService],
  exports: [JobsService],
})
export class QueueModule {}
