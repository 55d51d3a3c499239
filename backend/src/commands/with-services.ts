import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module.js';
import { parseEnvironment } from '../config/environment.js';
import type { CommandContext } from './command.js';

/** Nobody waits at a screen: a command may rebuild or store years of readings in one statement. */
const STATEMENT_SECONDS = '600';

/** Filling a clinic keeps a slow machine busy for seconds at a time, in which connections cannot be heard either. */
const CONNECT_SECONDS = '120';

/** Runs a command with the services of the application, without HTTP, workers or schedules. */
export async function withServices<T>(
  context: CommandContext,
  work: (app: INestApplicationContext) => Promise<T>,
): Promise<T> {
  const environment = parseEnvironment({
    LOG_LEVEL: 'fatal',
    DATABASE_STATEMENT_SECONDS: STATEMENT_SECONDS,
    DATABASE_CONNECT_SECONDS: CONNECT_SECONDS,
    ...context.variables,
    PROCESS_ROLE: 'api',
  });
  const app = await NestFactory.createApplicationContext(AppModule.forRoot(environment), {
    logger: false,
    abortOnError: false,
  });
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}
