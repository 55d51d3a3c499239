import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Pacer } from '../../common/pacer.js';
import { askToEvaluate } from '../background/queue/ask-to-evaluate.js';
import { JobsService } from '../background/queue/jobs.service.js';
import { LiveEvents } from '../live/live-events.js';

/** Long enough to gather what arrives together, short enough for nobody to notice. */
const GATHER_MS = 100;

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

/** A reading that comes alone is passed on at once; many are gathered. A queue that is away does not keep pages waiting. */
@Injectable()
export class QueueBell extends DueBell implements OnApplicationShutdown {
  private due = new Set<string>();
  private news = new Map<string, number | null>();
  private readonly evaluations = new Pacer(GATHER_MS, () => this.askToEvaluate());
  private readonly pages = new Pacer(GATHER_MS, () => this.tellPages());

  constructor(
    private readonly jobs: JobsService,
    private readonly live: LiveEvents,
  ) {
    super();
  }

  override ring(patientId: string, newestAt: number | null): void {
    this.due.add(patientId);
    this.evaluations.ask();
    const before = this.news.get(patientId) ?? newestAt;
    this.news.set(patientId, newestAt === null || before === null ? before : Math.max(newestAt, before));
    this.pages.ask();
  }

  onApplicationShutdown(): void {
    this.evaluations.cancel();
    this.pages.cancel();
  }

  private async askToEvaluate(): Promise<void> {
    const patientIds = [...this.due];
    this.due = new Set();
    await askToEvaluate(this.jobs, patientIds);
  }

  private async tellPages(): Promise<void> {
    const news = [...this.news].map(([patientId, newestAt]) => ({
      kind: 'reading' as const,
      patientId,
      measuredAt: newestAt === null ? null : new Date(newestAt).toISOString(),
    }));
    this.news = new Map();
    await this.live.tell(news);
  }
}
