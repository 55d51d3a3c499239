import { FailedJobsService } from '../modules/background/queue/failed-jobs.service.js';
import { QueueModule } from '../modules/background/queue/queue.module.js';
import { type Command, readArguments, UsageError } from './command.js';
import { withServices } from './with-services.js';

const SHOWN = 100;

export const failedJobsCommand: Command = {
  usage: '[--retry ID | --discard ID]',
  summary: 'jobs that were given up, newest first; put one back to wait, or forget it',
  async run(args, context) {
    const { retry, discard } = readArguments(args, [], ['retry', 'discard']).options;
    if (retry !== undefined && discard !== undefined) throw new UsageError('either --retry or --discard');
    return withServices(context, async (app) => {
      const jobs = app.select(QueueModule).get(FailedJobsService);
      if (retry !== undefined) await jobs.retry(retry);
      if (discard !== undefined) await jobs.discard(discard);
      return { failed: await jobs.list(SHOWN) };
    });
  },
};
