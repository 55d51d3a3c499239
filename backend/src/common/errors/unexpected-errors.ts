import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Metrics } from '../metrics/metrics.js';
import { errorFacts } from './error-facts.js';
import { ErrorReporter, type UnexpectedError } from './error-reporter.js';

/** Takes every error that nobody foresaw: counts it and hands it to whoever is to be told. Logging is the caller's. */
@Injectable()
export class UnexpectedErrors implements OnApplicationShutdown {
  constructor(
    private readonly metrics: Metrics,
    private readonly reporter: ErrorReporter,
  ) {}

  take(source: UnexpectedError['source'], error: unknown, where: string, requestId: string | null = null): void {
    this.metrics.count('glucolens_unexpected_errors_total', { source });
    this.reporter.report({ source, facts: errorFacts(error), where, requestId });
  }

  flush(): Promise<void> {
    return this.reporter.flush();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.reporter.flush();
  }
}
