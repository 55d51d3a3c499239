import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { AuditService } from './audit.service.js';

/** How long one row stands for the same look. */
const WINDOW_MS = 5 * 60_000;

/** Bounds memory: past this the oldest are forgotten, which costs a row too many and never one too few. */
const REMEMBERED = 20_000;

/** A look that a page repeats by itself. */
export interface RepeatedLook {
  /** Each sign-in has rows of its own: two devices are two looks. */
  readonly actor: { readonly userId: string; readonly sessionId: string };
  readonly patientIds: readonly string[];
  readonly action: string;
  readonly requestId: string;
  /** What was asked for beside the route, so that another question is another look. */
  readonly subject: string;
}

/**
 * Writes down looks that pages repeat every few seconds: one row for each sign-in, question and patient in five minutes.
 * Remembered only once the row is stored, and by each process for itself.
 */
@Injectable()
export class RepeatedLooks {
  private readonly storedAt = new Map<string, number>();

  constructor(
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  async record({ actor, patientIds, action, requestId, subject }: RepeatedLook): Promise<void> {
    const now = this.clock.now().getTime();
    const keyOf = (patientId: string) => JSON.stringify([actor.sessionId, action, subject, patientId]);
    const unseen = patientIds.filter((id) => !this.covers(keyOf(id), now));
    await this.audit.record({ actorUserId: actor.userId, patientIds: unseen, action, requestId });
    for (const id of unseen) this.remember(keyOf(id), now);
  }

  private covers(key: string, now: number): boolean {
    const at = this.storedAt.get(key);
    return at !== undefined && now >= at && now - at < WINDOW_MS;
  }

  /** Kept in the order in which rows were stored. */
  private remember(key: string, now: number): void {
    this.storedAt.delete(key);
    this.storedAt.set(key, now);
    for (const [oldest, at] of this.storedAt) {
      if (this.storedAt.size <= REMEMBERED && now - at < WINDOW_MS) return;
      this.storedAt.delete(oldest);
    }
  }
}
