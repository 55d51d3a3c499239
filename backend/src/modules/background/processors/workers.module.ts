import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module.js';
import { DemoModule } from '../../demo/demo.module.js';
import { ImportsModule } from '../../imports/imports.module.js';
import { ImportsProcessor } from './imports.processor.js';
import { JobRun } from './job-run.js';
import { MaintenanceProcessor } from './maintenance.processor.js';

/** Every processor of jobs: what makes a process a worker. */
@Module({
  imports: [AuditModule, DemoModule, ImportsModule],
  providers: [JobRun, ImportsProcessor, MaintenanceProcessor],
})
export class WorkersModule {}
