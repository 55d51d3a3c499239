import { Injectable } from '@nestjs/common';
import { PlannerService } from './planning/planner.service.js';
import { SenderService } from './sending/sender.service.js';

/** Tells people of alerts that sound, step by step, until somebody answers. */
@Injectable()
export class DeliveryService {
  constructor(
    private readonly planner: PlannerService,
    private readonly sender: SenderService,
  ) {}

  /** Plans what is due and begins to send. Sending goes on after this returns: no receiver holds up the queue. */
  async run(): Promise<void> {
    await this.planner.planDue();
    this.sender.ring();
  }

  /** Resolves when everything that is due by now has been attempted. */
  async atRest(): Promise<void> {
    await this.sender.atRest();
  }
}
