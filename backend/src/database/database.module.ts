import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ENVIRONMENT, type Environment } from '../config/environment.js';
import { CONNECTION_RETRY, dataSourceOptions } from './data-source.js';
import { PoolMetrics } from './pool-metrics.js';

@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [ENVIRONMENT],
      useFactory: (environment: Environment) => ({
        ...dataSourceOptions(environment),
        ...CONNECTION_RETRY,
        autoLoadEntities: true,
      }),
    }),
  ],
  providers: [PoolMetrics],
})
export class DatabaseModule {}
