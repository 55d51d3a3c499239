import { Inject, Injectable } from '@nestjs/common';
import { Drain } from '../../common/lifecycle/drain.js';
import { Liveness } from '../../common/lifecycle/liveness.js';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { SERVICE_NAME, SERVICE_VERSION } from '../../common/service.js';
import type { AlertTrouble } from '../../domain/alerts/standing.js';
import { AlertWatchService } from '../heartbeat/alert-watch.service.js';
import { type Check, HealthChecks, MIGRATIONS_PENDING } from './health-checks.js';

/** What this build can do; a name appears here on the day the feature works. */
const FEATURES = ['authentication', 'advanced-ml', 'real-time-alerts'] as const;

/** Without a queue these have nothing to do; the API still reads and stores. */
const LIVES_BY_THE_QUEUE: ReadonlySet<Environment['PROCESS_ROLE']> = new Set(['worker', 'scheduler']);

export interface HealthReport {
  readonly service: string;
  readonly version: string;
  readonly features: readonly string[];
  readonly database: 'connected' | 'disconnected';
  readonly status: 'healthy' | 'unhealthy';
  /** Class of the error. */
  readonly error?: string;
}

export interface LivenessReport {
  readonly status: 'alive' | 'dead';
  readonly dead?: readonly string[];
}

export interface Readiness {
  readonly status: 'ready' | 'degraded' | 'draining' | 'unavailable';
  readonly role: Environment['PROCESS_ROLE'];
  /** Absent while draining, when nobody is asked. */
  readonly checks?: {
    readonly database: 'up' | 'down';
    readonly migrations: 'applied' | 'pending' | 'unknown';
    readonly queue: 'up' | 'down';
  };
}

/** Whether alerts are found and sent, by whatever processes. */
export interface AlertsReport {
  readonly status: 'working' | 'stopped' | 'unknown';
  /** What has stopped or is late; empty where nothing is known. */
  readonly troubles: readonly AlertTrouble[];
}

/** What a probe asks. A healthy answer is one that is served with 200. */
export interface Answer<Body> {
  readonly healthy: boolean;
  readonly body: Body;
}

@Injectable()
export class HealthService {
  constructor(
    private readonly checks: HealthChecks,
    private readonly drain: Drain,
    private readonly liveness: Liveness,
    private readonly watch: AlertWatchService,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  async report(): Promise<Answer<HealthReport>> {
    const database = await this.checks.ask('database');
    const body: HealthReport = {
      service: SERVICE_NAME,
      version: SERVICE_VERSION,
      features: FEATURES,
      database: database.up ? 'connected' : 'disconnected',
      status: database.up ? 'healthy' : 'unhealthy',
      ...(database.up ? {} : { error: database.error }),
    };
    return { healthy: database.up, body };
  }

  /** For whoever watches from outside. No reason to restart this process: others may do the work. */
  async alerts(): Promise<Answer<AlertsReport>> {
    try {
      const troubles = await this.watch.troubles();
      const healthy = troubles.length === 0;
      return { healthy, body: { status: healthy ? 'working' : 'stopped', troubles } };
    } catch {
      return { healthy: false, body: { status: 'unknown', troubles: [] } };
    }
  }

  /** Asks nobody else: an outage of the database is no reason to restart this process. */
  live(): Answer<LivenessReport> {
    const dead = this.liveness.dead();
    return dead.length === 0
      ? { healthy: true, body: { status: 'alive' } }
      : { healthy: false, body: { status: 'dead', dead } };
  }

  /** Whether to send work here. */
  async readiness(): Promise<Answer<Readiness>> {
    const role = this.environment.PROCESS_ROLE;
    if (this.drain.begun) return { healthy: false, body: { status: 'draining', role } };
    return this.startup();
  }

  /** Whether the start is over: everything needed was there, whatever comes after. */
  async startup(): Promise<Answer<Readiness>> {
    const role = this.environment.PROCESS_ROLE;
    const [database, migrations, queue] = await Promise.all([
      this.checks.ask('database'),
      this.checks.ask('migrations'),
      this.checks.ask('queue'),
    ]);
    const healthy = database.up && migrations.up && (queue.up || !LIVES_BY_THE_QUEUE.has(role));
    const status = healthy ? (queue.up ? 'ready' : 'degraded') : 'unavailable';
    const checks = { database: upOrDown(database), migrations: stateOf(migrations), queue: upOrDown(queue) };
    return { healthy, body: { status, role, checks } };
  }
}

const upOrDown = (check: Check): 'up' | 'down' => (check.up ? 'up' : 'down');

const stateOf = (migrations: Check): 'applied' | 'pending' | 'unknown' =>
  migrations.up ? 'applied' : migrations.error === MIGRATIONS_PENDING ? 'pending' : 'unknown';
