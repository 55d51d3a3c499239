import { Inject, Injectable } from '@nestjs/common';
import { HealthCheckService, TypeOrmHealthIndicator } from '@nestjs/terminus';
import { DataSource } from 'typeorm';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { SERVICE_NAME, SERVICE_VERSION } from '../../common/service.js';

/** What this build can do; a name appears here on the day the feature works. */
const FEATURES = ['authentication'] as const;

const PING_TIMEOUT_MS = 2_000;

export interface HealthReport {
  readonly service: string;
  readonly version: string;
  readonly features: readonly string[];
  readonly database: 'connected' | 'disconnected';
  readonly status: 'healthy' | 'unhealthy';
  readonly error?: string;
}

export interface Readiness {
  readonly status: 'ready' | 'unavailable';
  readonly role: Environment['PROCESS_ROLE'];
  readonly checks: { readonly database: 'up' | 'down'; readonly migrations: 'applied' | 'pending' | 'unknown' };
}

@Injectable()
export class HealthService {
  constructor(
    private readonly checks: HealthCheckService,
    private readonly database: TypeOrmHealthIndicator,
    private readonly dataSource: DataSource,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  async report(): Promise<HealthReport> {
    const connected = await this.pingDatabase();
    return {
      service: SERVICE_NAME,
      version: SERVICE_VERSION,
      features: FEATURES,
      database: connected ? 'connected' : 'disconnected',
      status: connected ? 'healthy' : 'unhealthy',
      ...(connected ? {} : { error: 'DATABASE_UNREACHABLE' }),
    };
  }

  async readiness(): Promise<Readiness> {
    const connected = await this.pingDatabase();
    const migrations = connected ? await this.migrationState() : 'unknown';
    return {
      status: connected && migrations === 'applied' ? 'ready' : 'unavailable',
      role: this.environment.PROCESS_ROLE,
      checks: { database: connected ? 'up' : 'down', migrations },
    };
  }

  private async pingDatabase(): Promise<boolean> {
    try {
      await this.checks.check([() => this.database.pingCheck('database', { timeout: PING_TIMEOUT_MS })]);
      return true;
    } catch {
      return false;
    }
  }

  private async migrationState(): Promise<'applied' | 'pending' | 'unknown'> {
    try {
      return (await this.dataSource.showMigrations()) ? 'pending' : 'applied';
    } catch {
      return 'unknown';
    }
  }
}
