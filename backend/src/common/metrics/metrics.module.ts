import { Global, Inject, Module, type OnModuleInit } from '@nestjs/common';
import { join } from 'node:path';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { SERVICE_VERSION } from '../service.js';
import { SideServer } from '../side-server/side-server.js';
import { readNewestBackup } from './newest-backup.js';
import { Metrics } from './metrics.js';

/** One registry for the process, read at `/metrics` of the side server. */
@Global()
@Module({ providers: [{ provide: Metrics, useFactory: () => new Metrics() }], exports: [Metrics] })
export class MetricsModule implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    private readonly sideServer: SideServer,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  onModuleInit(): void {
    const { REVISION, PROCESS_ROLE, DATA_DIR, BACKUP_DIR = join(DATA_DIR, 'backups') } = this.environment;
    this.metrics.set('app_info', { version: SERVICE_VERSION, revision: REVISION, role: PROCESS_ROLE }, 1);
    this.metrics.beforeReading(async () => {
      this.metrics.set('glucolens_backup_last_success_timestamp_seconds', {}, await readNewestBackup(BACKUP_DIR));
    });
    this.sideServer.serve('/metrics', async () => ({
      type: this.metrics.contentType,
      body: await this.metrics.text(),
    }));
  }
}
