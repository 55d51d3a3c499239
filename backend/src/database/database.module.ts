import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ENVIRONMENT, type Environment } from '../config/environment.js';
import { dataSourceOptions } from './data-source.js';
import { PoolMetrics } from './pool-metrics.js';

@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [ENVIRONMENT],
      useFactory: (environment: Environment) => ({
        ...dataSourceOptions(environment),
        // Whoever starts a process has waited for the database before.
        retryAttempts: 1,
        autoLoadEntities: true,
      }),
    }),
  ],
  providers: [PoolMetrics],
})
export class DatabaseModule {}
