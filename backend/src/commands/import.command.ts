import { DateOrder, TimeZone } from '../modules/imports/imports.schemas.js';
import { ImportsModule } from '../modules/imports/imports.module.js';
import { ImportsService } from '../modules/imports/imports.service.js';
import { type Command, fileArgument, readArguments, UsageError } from './command.js';
import { withServices } from './with-services.js';

/** Imports a vendor export as an upload does, without the queue. */
export const importCommand: Command = {
  usage: 'FILE --patient ID [--tz ZONE] [--date-order DMY|MDY]',
  summary: 'import a Clarity or LibreView export for a patient',
  async run(args, context) {
    const { positionals, options } = readArguments(args, ['FILE'], ['patient', 'tz', 'date-order']);
    const patientId = options['patient'];
    if (!patientId) throw new UsageError('--patient is required');
    const timeZone = TimeZone.optional().safeParse(options['tz']);
    if (!timeZone.success) throw new UsageError('--tz is no time zone');
    const dateOrder = DateOrder.optional().safeParse(options['date-order']);
    if (!dateOrder.success) throw new UsageError('--date-order is DMY or MDY');
    const path = fileArgument(context, positionals[0] ?? '');
    const report = await withServices(context, (app) =>
      app
        .select(ImportsModule)
        .get(ImportsService)
        .importFile(patientId, path, { timeZone: timeZone.data, dateOrder: dateOrder.data }),
    );
    if (report.refusal) throw new Error(`${report.refusal.code}: ${report.refusal.message}`);
    if (report.status === 'needs-input') {
      const samples = report.questions.flatMap((question) => question.samples).join(', ');
      throw new Error(`Day and month cannot be told apart (${samples}). Say --date-order DMY or MDY.`);
    }
    return report;
  },
};
