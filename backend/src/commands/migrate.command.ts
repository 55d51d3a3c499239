import { parseEnvironment } from '../config/environment.js';
import { openDataSource } from '../database/data-source.js';
import { migrate } from '../database/migrate.js';
import { type Command, readArguments } from './command.js';

export const migrateCommand: Command = {
  usage: '',
  summary: 'apply pending database migrations',
  async run(args, context) {
    readArguments(args, []);
    const dataSource = await openDataSource(parseEnvironment(context.variables));
    try {
      return { applied: await migrate(dataSource) };
    } finally {
      await dataSource.destroy();
    }
  },
};
