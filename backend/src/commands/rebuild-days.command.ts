import * as z from 'zod';
import { DaysRebuild } from '../modules/readings/days.rebuild.js';
import { ReadingsModule } from '../modules/readings/readings.module.js';
import { type Command, readArguments, UsageError } from './command.js';
import { withServices } from './with-services.js';

export const rebuildDaysCommand: Command = {
  usage: '[--patient ID]',
  summary: 'make the stored days anew from the readings; prints how many had differed',
  async run(args, context) {
    const { options } = readArguments(args, [], ['patient']);
    const patient = z.uuid().optional().safeParse(options['patient']);
    if (!patient.success) throw new UsageError('--patient is the id of a patient');
    return withServices(context, (app) => app.select(ReadingsModule).get(DaysRebuild).rebuildDays(patient.data));
  },
};
