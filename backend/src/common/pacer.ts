/**
 * Runs work that is asked for often: at once where it was quiet, and no more often than every so many milliseconds, one
 * run at a time. What is asked for during a run is in the next one, so slow work is asked of less often instead of
 * piling up.
 */
export class Pacer {
  private timer: NodeJS.Timeout | null = null;
  private running = false;
  private again = false;
  private startedAt = Number.NEGATIVE_INFINITY;

  /** @param work takes all that has gathered; its failures are its own */
  constructor(
    private readonly everyMs: number,
    private readonly work: () => Promise<void>,
  ) {}

  ask(): void {
    if (this.running) this.again = true;
    else this.timer ??= setTimeout(() => void this.run(), this.startedAt + this.everyMs - performance.now());
  }

  /** Runs nothing that is only waiting, until somebody asks again. */
  cancel(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.again = false;
  }

  private async run(): Promise<void> {
    this.timer = null;
    this.running = true;
    this.startedAt = performance.now();
    await this.work().catch(() => undefined);
    this.running = false;
    if (!this.again) return;
    this.again = false;
    this.ask();
  }
}
