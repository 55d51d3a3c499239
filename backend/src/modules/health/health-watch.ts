import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type CheckName, HealthChecks } from './health-checks.js';

const LOOK_MS = 5_000;

const WATCHED: readonly CheckName[] = ['database', 'migrations', 'queue'];

/** Makes the checks also where nobody probes, so that an outage is in the log seconds after it began. */
@Injectable()
export class HealthWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly checks: HealthChecks) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void Promise.all(WATCHED.map((name) => this.checks.ask(name))), LOOK_MS).unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }
}
