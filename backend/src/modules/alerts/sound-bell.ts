import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Pacer } from '../../common/pacer.js';
import { JobsService } from '../background/queue/jobs.service.js';

/** Long enough to gather what sounds together, short enough for nobody to notice. */
const GATHER_MS = 50;

/** Says, once it is stored, that something is to sound. A ring that is lost costs ten seconds: a sweep finds what sounded. */
@Injectable()
export class SoundBell implements OnApplicationShutdown {
  private readonly deliveries = new Pacer(GATHER_MS, () => this.jobs.enqueue('alerts.deliver', {}));

  constructor(private readonly jobs: JobsService) {}

  ring(): void {
    this.deliveries.ask();
  }

  onApplicationShutdown(): void {
    this.deliveries.cancel();
  }
}
