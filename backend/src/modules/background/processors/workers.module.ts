import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AlertsModule } from '../../alerts/alerts.module.js';
import { AuditModule } from '../../audit/audit.module.js';
import { DeliveryModule } from '../../delivery/delivery.module.js';
import { DemoModule } from '../../demo/demo.module.js';
import { HeartbeatModule } from '../../heartbeat/heartbeat.module.js';
import { HealthModule } from '../../health/health.module.js';
import { ImportsModule } from '../../imports/imports.module.js';
import { LiveModule } from '../../live/live.module.js';
import { MlModule } from '../../ml/ml.module.js';
import { NightsModule } from '../../nights/nights.module.js';
import { AlertsProcessor } from './alerts.processor.js';
import { DeliveriesProcessor } from './deliveries.processor.js';
import { HandlersCheck } from './handlers.check.js';
import { ImportsProcessor } from './imports.processor.js';
import { JobRun } from './job-run.js';
import { MaintenanceProcessor } from './maintenance.processor.js';
import { MlProcessor } from './ml.processor.js';
import { WorkerProgress } from './worker-progress.js';
import { WorkersLifecycle } from './workers.lifecycle.js';

/** Every processor of jobs: what makes a process a worker. */
@Module({
  imports: [
    AlertsModule,
    AuditModule,
    DeliveryModule,
    DemoModule,
    DiscoveryModule,
    HeartbeatModule,
    HealthModule,
    ImportsModule,
    LiveModule,
    MlModule,
    NightsModule,
  ],
  providers: [
    HandlersCheck,
    JobRun,
    AlertsProcessor,
    DeliveriesProcessor,
    ImportsProcessor,
    MaintenanceProcessor,
    MlProcessor,
    WorkerProgress,
    WorkersLifecycle,
  ],
})
export class WorkersModule {}
