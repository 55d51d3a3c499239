import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { ClockModule } from './common/clock.module.js';
import { ErrorsModule } from './common/errors/errors.module.js';
import { LifecycleModule } from './common/lifecycle/lifecycle.module.js';
import { LoggingModule } from './common/logging.module.js';
import { MetricsModule } from './common/metrics/metrics.module.js';
import { RateLimitsModule } from './common/http/rate-limits.module.js';
import { ProblemFilter } from './common/problem.filter.js';
import { SideServerModule } from './common/side-server/side-server.module.js';
import { validationPipe } from './common/validation.pipe.js';
import { ConfigModule } from './config/config.module.js';
import type { Environment } from './config/environment.js';
import { DatabaseModule } from './database/database.module.js';
import { AlertsModule } from './modules/alerts/alerts.module.js';
import { AuthModule } from './modules/auth/auth.module.js';
import { JwtAuthGuard } from './modules/auth/jwt-auth.guard.js';
import { UserRateGuard } from './modules/auth/user-rate.guard.js';
import { QueueModule } from './modules/background/queue/queue.module.js';
import { WorkersModule } from './modules/background/processors/workers.module.js';
import { SchedulesModule } from './modules/background/schedules/schedules.module.js';
import { DeliveryModule } from './modules/delivery/delivery.module.js';
import { DemoModule } from './modules/demo/demo.module.js';
import { GlycemiaModule } from './modules/glycemia/glycemia.module.js';
import { HealthModule } from './modules/health/health.module.js';
import { ImportsModule } from './modules/imports/imports.module.js';
import { LiveModule } from './modules/live/live.module.js';
import { MlModule } from './modules/ml/ml.module.js';
import { PatientAccessGuard } from './modules/patients/patient-access.guard.js';
import { PatientsModule } from './modules/patients/patients.module.js';
import { ReadingsModule } from './modules/readings/readings.module.js';
import { RecordsModule } from './modules/records/records.module.js';
import { TriageModule } from './modules/triage/triage.module.js';

const WORKS: ReadonlySet<Environment['PROCESS_ROLE']> = new Set(['worker', 'all']);
const SCHEDULES: ReadonlySet<Environment['PROCESS_ROLE']> = new Set(['scheduler', 'all']);

@Module({})
export class AppModule {
  /** The modules of every role, and of the work this process takes on. */
  static forRoot(environment: Environment): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(environment),
        ClockModule,
        LoggingModule,
        LifecycleModule,
        SideServerModule,
        MetricsModule,
        ErrorsModule,
        RateLimitsModule,
        DatabaseModule,
        QueueModule,
        HealthModule,
        AuthModule,
        PatientsModule,
        ReadingsModule,
        AlertsModule,
        DeliveryModule,
        RecordsModule,
        DemoModule,
        GlycemiaModule,
        TriageModule,
        ImportsModule,
        LiveModule,
        MlModule,
        ...(WORKS.has(environment.PROCESS_ROLE) ? [WorkersModule] : []),
        ...(SCHEDULES.has(environment.PROCESS_ROLE) ? [SchedulesModule] : []),
      ],
      providers: [
        { provide: APP_FILTER, useClass: ProblemFilter },
        // In this order: who is asking, whether that is too often, then whether this patient is theirs to ask about.
        { provide: APP_GUARD, useExisting: JwtAuthGuard },
        { provide: APP_GUARD, useExisting: UserRateGuard },
        { provide: APP_GUARD, useExisting: PatientAccessGuard },
        { provide: APP_PIPE, useFactory: validationPipe },
      ],
    };
  }
}
