import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { AlertWorkRepository } from '../heartbeat/alert-work.repository.js';
import { PlannerService } from './planning/planner.service.js';
import { SenderService } from './sending/sender.service.js';

/** Tells people of alerts that sound, step by step, until somebody answers. */
@Injectable()
export class DeliveryService {
  constructor(
    private readonly clock: Clock,
    private readonly planner: PlannerService,
    private readonly sender: SenderService,
    private readonly work: AlertWorkRepository,
  ) {}

  /** Plans what is due and begins to send. Sending goes on after this returns: no receiver holds up the queue. */
  async begin(): Promise<void> {
    try {
      await this.planner.planDue();
    } finally {
      this.sender.ring();
    }
  }

  /** The same, of everything that rings told of or did not, and leaves a sign of life. */
  async sweep(): Promise<void> {
    await this.begin();
    await this.work.noteEnd('delivery', this.clock.now());
  }

  /** Resolves when everything that is due by now has been attempted. */
  async atRest(): Promise<void> {
    await this.sender.atRest();
  }
}
