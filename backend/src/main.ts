import 'reflect-metadata';
import { PinoLogger } from 'nestjs-pino';
import { createApp } from './app.js';
import { endOnUncaughtErrors } from './crash.js';
import { EnvironmentError, parseEnvironment } from './config/environment.js';
import { withSecretFiles } from './config/secret-files.js';
import { openDataSource } from './database/data-source.js';
import { migrate } from './database/migrate.js';
import { DatabaseUnreachableError, waitForDatabase } from './database/wait-for-database.js';
import { ensureFirstAdmin } from './modules/organisations/first-admin.js';
import { SideServer } from './common/side-server/side-server.js';
import { Shutdown } from './shutdown.js';

async function main(): Promise<void> {
  const environment = parseEnvironment(withSecretFiles(process.env));
  const shutdown = new Shutdown(environment);
  await waitForDatabase(environment);
  if (environment.MIGRATE_ON_BOOT) {
    await migrate(environment);
    const dataSource = await openDataSource(environment);
    await ensureFirstAdmin(dataSource, environment);
    await dataSource.destroy();
  }
  const app = await createApp(environment);
  shutdown.closes(app);
  await endOnUncaughtErrors(app);
  if (environment.PROCESS_ROLE === 'api' || environment.PROCESS_ROLE === 'all') {
    await app.listen({ port: environment.API_PORT, host: '0.0.0.0' });
  } else {
    await app.init();
  }
  await app.get(SideServer).listen();
  (await app.resolve(PinoLogger)).info({ revision: environment.REVISION }, 'started');
}

main().catch((error: unknown) => {
  const message =
    error instanceof EnvironmentError || error instanceof DatabaseUnreachableError
      ? error.message
      : error instanceof Error
        ? `${error.name}: ${error.message}`
        : 'unknown error';
  process.stderr.write(`GlucoLens could not start. ${message}\n`);
  process.exit(1);
});
