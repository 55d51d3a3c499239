import { randomUUID } from 'node:crypto';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { JobsService } from '../background/queue/jobs.service.js';
import { PATIENTS_PER_EVALUATION } from '../background/queue/jobs.js';

/** Long enough to gather what arrives together, short enough for nobody to notice. */
const GATHER_MS = 50;

/**
 * Says that something arrived for a patient, after it was stored. A ring that is lost costs ten seconds and nothing else:
 * the patient is marked as due, and a sweep finds those.
 */
export abstract class DueBell {
  abstract ring(patientId: string): void;
}

/** For whoever stores readings where no alerts are wanted. */
export class SilentBell extends DueBell {
  override ring(): void {
    // nobody is to hear of it
  }
}

@Injectable()
export class QueueBell extends DueBell implements OnApplicationShutdown {
  private waiting = new Set<string>();
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly jobs: JobsService) {
    super();
  }

  override ring(patientId: string): void {
    this.waiting.add(patientId);
    this.timer ??= setTimeout(() => void this.pass(), GATHER_MS);
  }

  onApplicationShutdown(): void {
    if (this.timer) clearTimeout(this.timer);
  }

  private async pass(): Promise<void> {
    const patientIds = [...this.waiting];
    this.waiting = new Set();
    this.timer = null;
    for (let start = 0; start < patientIds.length; start += PATIENTS_PER_EVALUATION) {
      const some = patientIds.slice(start, start + PATIENTS_PER_EVALUATION);
      await this.jobs.enqueue('alerts.evaluate', { patientIds: some }, randomUUID()).catch(() => undefined);
    }
  }
}
