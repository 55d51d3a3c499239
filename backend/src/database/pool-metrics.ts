import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Metrics } from '../common/metrics/metrics.js';
import { poolOf } from './prepared.js';

/** Tells how busy the pool of connections is. */
@Injectable()
export class PoolMetrics {
  constructor(dataSource: DataSource, metrics: Metrics) {
    metrics.beforeReading(() => {
      const { totalCount, idleCount, waitingCount, options } = poolOf(dataSource);
      metrics.set('glucolens_database_connections', { state: 'busy' }, totalCount - idleCount);
      metrics.set('glucolens_database_connections', { state: 'idle' }, idleCount);
      metrics.set('glucolens_database_connections_max', {}, options.max);
      metrics.set('glucolens_database_waiting', {}, waitingCount);
    });
  }
}
