import { randomUUID } from 'node:crypto';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { JobsService } from '../background/queue/jobs.service.js';
import { PATIENTS_PER_EVALUATION } from '../background/queue/jobs.js';
import { LiveEvents } from '../live/live-events.js';

/** Long enough to gather what arrives together, short enough for nobody to notice. */
const GATHER_MS = 50;

/**
 * Says that something arrived for a patient, after it was stored. A ring that is lost costs ten seconds and nothing else:
 * the patient is marked as due, and a sweep finds those; an open page asks again by itself.
 */
export abstract class DueBell {
  /** @param newestAt the newest of what arrived, in milliseconds since the epoch; `null` where known readings are judged anew */
  abstract ring(patientId: string, newestAt: number | null): void;
}

/** For whoever stores readings where no alerts are wanted. */
export class SilentBell extends DueBell {
  override ring(): void {
    // nobody is to hear of it
  }
}

@Injectable()
export class QueueBell extends DueBell implements OnApplicationShutdown {
  private waiting = new Map<string, number | null>();
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly jobs: JobsService,
    private readonly live: LiveEvents,
  ) {
    super();
  }

  override ring(patientId: string, newestAt: number | null): void {
    const before = this.waiting.get(patientId) ?? newestAt;
    this.waiting.set(patientId, newestAt === null || before === null ? before : Math.max(newestAt, before));
    this.timer ??= setTimeout(() => void this.pass(), GATHER_MS);
  }

  onApplicationShutdown(): void {
    if (this.timer) clearTimeout(this.timer);
  }

  private async pass(): Promise<void> {
    const arrived = [...this.waiting];
    this.waiting = new Map();
    this.timer = null;
    await Promise.all([this.askToEvaluate(arrived.map(([patientId]) => patientId)), this.tellPages(arrived)]);
  }

  private async tellPages(arrived: readonly (readonly [patientId: string, newestAt: number | null])[]): Promise<void> {
    const news = arrived.map(([patientId, newestAt]) => ({
      kind: 'reading' as const,
      patientId,
      measuredAt: newestAt === null ? null : new Date(newestAt).toISOString(),
    }));
    await this.live.tell(news).catch(() => undefined);
  }

  private async askToEvaluate(patientIds: readonly string[]): Promise<void> {
    for (let start = 0; start < patientIds.length; start += PATIENTS_PER_EVALUATION) {
      const some = patientIds.slice(start, start + PATIENTS_PER_EVALUATION);
      await this.jobs.enqueue('alerts.evaluate', { patientIds: some }, randomUUID()).catch(() => undefined);
    }
  }
}
