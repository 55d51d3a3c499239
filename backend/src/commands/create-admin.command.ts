import * as z from 'zod';
import { parseEnvironment } from '../config/environment.js';
import { openDataSource } from '../database/data-source.js';
import { createAdmin } from '../modules/organisations/create-admin.js';
import { type Command, readArguments, UsageError } from './command.js';

export const createAdminCommand: Command = {
  usage: 'EMAIL [--organisation NAME]',
  summary: 'make an administrator; prints the new password once',
  async run(args, context) {
    const { positionals, options } = readArguments(args, ['EMAIL'], ['organisation']);
    const email = z.email().safeParse(positionals[0]);
    if (!email.success) throw new UsageError('EMAIL is not an e-mail address');
    const dataSource = await openDataSource(parseEnvironment(context.variables));
    try {
      const { organisation } = options;
      return await createAdmin(dataSource, email.data, organisation === undefined ? {} : { organisation });
    } finally {
      await dataSource.destroy();
    }
  },
};
