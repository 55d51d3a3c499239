import { randomUUID } from 'node:crypto';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { JobsService } from '../background/queue/jobs.service.js';

/** Long enough to gather what sounds together, short enough for nobody to notice. */
const GATHER_MS = 50;

/** Says, once it is stored, that something is to sound. A ring that is lost costs ten seconds: a sweep finds what sounded. */
@Injectable()
export class SoundBell implements OnApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly jobs: JobsService) {}

  ring(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      void this.jobs.enqueue('alerts.deliver', {}, randomUUID()).catch(() => undefined);
    }, GATHER_MS);
  }

  onApplicationShutdown(): void {
    if (this.timer) clearTimeout(this.timer);
  }
}
