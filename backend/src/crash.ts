import type { INestApplicationContext } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { UnexpectedErrors } from './common/errors/unexpected-errors.js';

/** However slow the webhook is, a process in an unknown state does not live longer than this. */
const LAST_WORDS_MS = 2_000;

/** An error that reaches nobody leaves the process in an unknown state: it is told once, and the process ends with 1. */
export async function endOnUncaughtErrors(app: INestApplicationContext): Promise<void> {
  const logger = await app.resolve(PinoLogger);
  const errors = app.get(UnexpectedErrors);
  let ending = false;
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      if (ending) return;
      ending = true;
      // What waits in the log is written when the process exits.
      logger.fatal({ err: error instanceof Error ? error : new Error() }, event);
      errors.take('process', error, event);
      setTimeout(() => process.exit(1), LAST_WORDS_MS);
      void errors.flush().finally(() => process.exit(1));
    });
  }
}
