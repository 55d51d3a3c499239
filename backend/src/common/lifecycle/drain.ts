import { Inject, Injectable } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';

/** Of the time to leave, what is kept for closing connections once work has ended. */
const CLOSING_SHARE = 0.2;

type End = () => void;

/** Whether this process is about to leave, and how long it still has. The first to know tells the others. */
@Injectable()
export class Drain {
  private readonly longResponses = new Set<End>();
  private begunAt: number | null = null;
  private ending = false;

  constructor(@Inject(ENVIRONMENT) private readonly environment: Environment) {}

  /** No new work is wanted here. */
  get begun(): boolean {
    return this.begunAt !== null;
  }

  /** New work is turned elsewhere; what runs, goes on. */
  begin(): void {
    this.begunAt ??= performance.now();
  }

  /** How long running work may still take before it is handed back. */
  millisecondsForWork(): number {
    const elapsed = this.begunAt === null ? 0 : performance.now() - this.begunAt;
    return Math.max(0, Math.floor(this.environment.SHUTDOWN_DEADLINE_MS * (1 - CLOSING_SHARE) - elapsed));
  }

  /**
   * A response that would never end by itself, such as a stream of events, says here how it is ended. Called at once
   * where the process already leaves. Answers how to forget it, for one that has ended.
   */
  onEnding(end: End): () => void {
    if (this.ending) end();
    else this.longResponses.add(end);
    return () => void this.longResponses.delete(end);
  }

  /** Others have had time to notice: long responses end, and their clients connect elsewhere. */
  endLongResponses(): void {
    this.ending = true;
    for (const end of this.longResponses) end();
    this.longResponses.clear();
  }
}
