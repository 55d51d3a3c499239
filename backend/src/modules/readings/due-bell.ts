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

/** A device that sends one reading after the other has its person looked at twice a second, not for each of them. */
const SAME_PERSON_MS = 500;

/** A reading that comes alone is passed on at once; many are gathered. A queue that is away does not keep pages waiting. */
@Injectable()
export class QueueBell extends DueBell implements OnApplicationShutdown {
  private readonly due = new Set<string>();
  /** When each was last asked for, oldest first, for as long as that matters. */
  private readonly askedAt = new Map<string, number>();
  private later: NodeJS.Timeout | null = null;
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
    if (this.later) clearTimeout(this.later);
  }

  private async askToEvaluate(): Promise<void> {
    const now = performance.now();
    for (const [patientId, at] of this.askedAt) {
      if (now - at < SAME_PERSON_MS) break;
      this.askedAt.delete(patientId);
    }
    const patientIds = [...this.due].filter((patientId) => !this.askedAt.has(patientId));
    for (const patientId of patientIds) {
      this.due.delete(patientId);
      this.askedAt.set(patientId, now);
    }
    if (this.due.size > 0) {
      this.later ??= setTimeout(() => {
        this.later = null;
        this.evaluations.ask();
      }, SAME_PERSON_MS);
    }
    if (patientIds.length > 0) await askToEvaluate(this.jobs, patientIds);
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
