import type { INestApplicationContext } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { constants } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { Drain } from './common/lifecycle/drain.js';
import type { Environment } from './config/environment.js';

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
type Signal = (typeof SIGNALS)[number];

/**
 * Leaves on a signal without cutting work: readiness says no, balancers get their time to notice, jobs end or are handed
 * back, requests are answered, connections close, exit code 0. While it still starts there is nothing to finish and it
 * leaves at once, as it does on a second signal. Past the deadline: exit code 1.
 */
export class Shutdown {
  private app: INestApplicationContext | null = null;
  private begun = false;

  constructor(private readonly environment: Environment) {
    for (const signal of SIGNALS) process.on(signal, () => void this.onSignal(signal));
  }

  /** From here on there is something to finish first. */
  closes(app: INestApplicationContext): void {
    this.app = app;
  }

  private async onSignal(signal: Signal): Promise<void> {
    if (this.begun) process.exit(128 + constants.signals[signal]);
    this.begun = true;
    if (!this.app) process.exit(0);
    const drain = this.app.get(Drain);
    drain.begin();
    // What waits in the log is written when the process exits.
    const logger = await this.app.resolve(PinoLogger);
    logger.info({ signal }, 'stopping');
    setTimeout(() => {
      logger.error('not stopped in time');
      process.exit(1);
    }, this.environment.SHUTDOWN_DEADLINE_MS);
    await pause(this.environment.DRAIN_DELAY_MS);
    drain.endLongResponses();
    try {
      await this.app.close();
    } catch (error) {
      logger.error({ err: error }, 'not stopped in order');
      process.exit(1);
    }
    logger.info('stopped');
    process.exit(0);
  }
}
