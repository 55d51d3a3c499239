import { getQueueToken } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { HealthIndicatorService } from '@nestjs/terminus';
import type { Queue } from 'bullmq';
import { PinoLogger } from 'nestjs-pino';
import { DataSource } from 'typeorm';
import { errorFacts } from '../../common/errors/error-facts.js';
import { Drain } from '../../common/lifecycle/drain.js';
import { hasPendingMigrations } from '../../database/pending-migrations.js';
import { JobsService } from '../background/queue/jobs.service.js';

const TIMEOUT_MS = 2_000;

/** However many ask, each check is made at most this often, and those who ask meanwhile wait for the same answer. */
const FRESH_MS = 1_000;

export type CheckName = 'database' | 'migrations' | 'queue';

/** `error` is the class of the error and nothing of its message, which may name hosts. */
export type Check = { readonly up: true } | { readonly up: false; readonly error: string };

export const MIGRATIONS_PENDING = 'MigrationsPending';

class MigrationsPending extends Error {
  override readonly name = MIGRATIONS_PENDING;
}

class JobsRefused extends Error {
  override readonly name = 'JobsRefused';
}

/** What this process needs of others. A change is logged once, not each time it is seen. */
@Injectable()
export class HealthChecks {
  private readonly lastSeen = new Map<CheckName, boolean>();
  private readonly attempts: Readonly<Record<CheckName, () => Promise<unknown>>>;

  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly logger: PinoLogger,
    private readonly drain: Drain,
    jobs: JobsService,
    dataSource: DataSource,
    moduleRef: ModuleRef,
  ) {
    this.attempts = {
      database: () => dataSource.query('SELECT 1'),
      migrations: async () => {
        if (await hasPendingMigrations(dataSource)) throw new MigrationsPending();
      },
      queue: () => {
        if (jobs.refused) throw new JobsRefused();
        return moduleRef.get<Queue>(getQueueToken('maintenance'), { strict: false }).isPaused();
      },
    };
  }

  async ask(name: CheckName): Promise<Check> {
    const attempt = async () => {
      try {
        await this.attempts[name]();
      } catch (error) {
        throw new Error(errorFacts(error).type, { cause: error });
      }
    };
    const outcome = await this.indicators.check(name).attempt(attempt).withTimeout(TIMEOUT_MS).cacheFor(FRESH_MS);
    const { status, message } = outcome[name] as { readonly status: string; readonly message?: unknown };
    const check: Check = status === 'up' ? { up: true } : { up: false, error: className(message) };
    this.tell(name, check);
    return check;
  }

  private tell(name: CheckName, check: Check): void {
    // A process that leaves closes its own connections, and without a database nothing is known of its migrations.
    if (this.drain.begun || (name === 'migrations' && !check.up && check.error !== MIGRATIONS_PENDING)) return;
    if ((this.lastSeen.get(name) ?? true) === check.up) return;
    this.lastSeen.set(name, check.up);
    if (check.up) this.logger.info({ check: name }, 'healthy again');
    else this.logger.error({ check: name, reason: check.error }, 'unhealthy');
  }
}

/** Terminus tells a timeout in words. */
const className = (message: unknown): string =>
  typeof message === 'string' && /^[\w.$-]+$/.test(message) ? message : 'TimeoutError';
