import { Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { RecurringWork } from './recurring-work.js';

/** The clockwork of the scheduler role. */
@Module({ imports: [ScheduleModule.forRoot()], providers: [RecurringWork] })
export class SchedulesModule {}
