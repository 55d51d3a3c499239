import { Module } from '@nestjs/common';
import { ImportsModule } from '../../imports/imports.module.js';
import { ImportsProcessor } from './imports.processor.js';

/** Every processor of jobs: what makes a process a worker. */
@Module({
  imports: [ImportsModule],
  providers: [ImportsProcessor],
})
export class WorkersModule {}
