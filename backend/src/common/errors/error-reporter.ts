import type { ErrorFacts } from './error-facts.js';

/** An error that nobody foresaw, told without its message: that may repeat health data. */
export interface UnexpectedError {
  readonly source: 'request' | 'job' | 'process';
  readonly facts: ErrorFacts;
  /** The template of the route, the name of the job, or the event of the process. */
  readonly where: string;
  /** The request on whose behalf it happened. */
  readonly requestId: string | null;
}

/** Where errors that nobody foresaw are told, beside the log. Returns at once and never throws. */
export abstract class ErrorReporter {
  abstract report(error: UnexpectedError): void;

  /** Sends what is still held back. For the end of the process. */
  abstract flush(): Promise<void>;
}

/** Without an address to tell, the log and the metrics have it all. */
export class NoErrorReporter extends ErrorReporter {
  override report(): void {}

  override async flush(): Promise<void> {}
}
