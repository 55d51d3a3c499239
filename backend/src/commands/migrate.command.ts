import { parseEnvironment } from '../config/environment.js';
import { migrate } from '../database/migrate.js';
import { waitForDatabase } from '../database/wait-for-database.js';
import { type Command, readArguments } from './command.js';

export const migrateCommand: Command = {
  usage: '',
  summary: 'apply pending database migrations',
  async run(args, context) {
    readArguments(args, []);
    const environment = parseEnvironment(context.variables);
    await waitForDatabase({
      ...environment,
      DATABASE_URL: environment.DATABASE_DIRECT_URL ?? environment.DATABASE_URL,
    });
    return { applied: await migrate(environment) };
  },
};
