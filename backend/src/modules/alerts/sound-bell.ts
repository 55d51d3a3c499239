import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { errorFacts } from '../../common/errors/error-facts.js';
import { Pacer } from '../../common/pacer.js';
import { JobsService } from '../background/queue/jobs.service.js';

/** Long enough to gather what sounds together, short enough for nobody to notice. */
const GATHER_MS = 50;

/**
 * Says, once it is stored, that something is to sound. Where this process delivers it begins by itself, any other leaves a
 * job. A ring that is lost costs ten seconds: a sweep finds what sounded.
 */
@Injectable()
export class SoundBell implements BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly logger = new Logger('Deliveries');
  private readonly rings = new Pacer(GATHER_MS, () => (this.underWay = this.answer()));
  private deliver: (() => Promise<void>) | null = null;
  private underWay = Promise.resolve();

  constructor(private readonly jobs: JobsService) {}

  /** @param deliver begins what has sounded */
  answeredHere(deliver: () => Promise<void>): void {
    this.deliver = deliver;
  }

  ring(): void {
    this.rings.ask();
  }

  /** Jobs that still end here may ring: what they say is for the workers that stay. */
  async beforeApplicationShutdown(): Promise<void> {
    if (!this.deliver) return;
    this.deliver = null;
    await this.underWay;
  }

  onApplicationShutdown(): void {
    this.rings.cancel();
  }

  private async answer(): Promise<void> {
    try {
      await (this.deliver?.() ?? this.jobs.enqueue('alerts.deliver', {}));
    } catch (error) {
      this.logger.warn(`what sounds waits for the next sweep: ${errorFacts(error).type}`);
    }
  }
}
