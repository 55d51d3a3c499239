import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { Clock } from '../../../common/clock.js';
import { errorFacts } from '../../../common/errors/error-facts.js';
import { CHANNEL_KINDS, type ChannelKind } from '../channels/delivery-channel.js';
import { AttemptService } from './attempt.service.js';
import { type ClaimedDelivery, DeliveriesRepository } from './deliveries.repository.js';

/** Attempts of one kind side by side. A receiver that hangs holds a place for ten seconds, and only among its kind. */
const AT_ONCE: Readonly<Record<ChannelKind, number>> = { live: 16, 'web-push': 32, email: 8, webhook: 64 };

/** Retries that come sooner than the next sweep are waited for. */
const HORIZON_MS = 10_000;
const LOOK_AGAIN_MS = 1_000;
/** So that what ends or becomes due within a moment is looked for once. */
const BETWEEN_LOOKS_MS = 25;

/** Sends what is due, in this process, until nothing is due soon. What it cannot finish waits in the table for the next. */
@Injectable()
export class SenderService implements OnApplicationShutdown {
  private readonly logger = new Logger('Deliveries');
  private readonly underWay = new Map<string, { kind: ChannelKind; done: Promise<void> }>();
  private running: Promise<void> | null = null;
  private rung = false;
  /** What it takes is its own already, and not yet under way. */
  private taking = false;
  private stopping = false;
  private wake: () => void = () => undefined;

  constructor(
    private readonly clock: Clock,
    private readonly deliveries: DeliveriesRepository,
    private readonly attempts: AttemptService,
  ) {}

  /** Says that something may be due. Returns at once. */
  ring(): void {
    this.rung = true;
    this.wake();
    if (this.stopping) return;
    this.running ??= this.run()
      .catch((error: unknown) => this.logger.warn(`sending has paused: ${errorFacts(error).type}`))
      .finally(() => (this.running = null));
  }

  /** Resolves when nothing is under way nor due at this moment. */
  async atRest(): Promise<void> {
    for (;;) {
      await Promise.allSettled([...this.underWay.values()].map(({ done }) => done));
      const next = await this.deliveries.nextDueAt();
      if (!this.taking && this.underWay.size === 0 && (!next || next > this.clock.now())) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** What is under way ends by itself, within the time of an attempt. */
  async onApplicationShutdown(): Promise<void> {
    this.stopping = true;
    this.wake();
    await Promise.allSettled([...this.underWay.values()].map(({ done }) => done));
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      this.rung = false;
      await this.begin();
      const next = await this.deliveries.nextDueAt();
      const waitMs = next ? next.getTime() - this.clock.now().getTime() : Number.POSITIVE_INFINITY;
      if (this.rung) {
        await pause(BETWEEN_LOOKS_MS);
        continue;
      }
      if (this.underWay.size === 0 && waitMs > HORIZON_MS) return;
      await this.sleep(Math.min(LOOK_AGAIN_MS, Math.max(waitMs, 20)));
    }
  }

  private async begin(): Promise<void> {
    const free = CHANNEL_KINDS.map((kind) => {
      const taken = [...this.underWay.values()].filter((one) => one.kind === kind).length;
      return [kind, Math.max(0, AT_ONCE[kind] - taken)] as const;
    });
    this.taking = true;
    try {
      for (const claimed of await this.deliveries.claim(new Map(free), this.clock.now())) this.start(claimed);
    } finally {
      this.taking = false;
    }
  }

  private start(claimed: ClaimedDelivery): void {
    const { kind } = claimed;
    const key = `${claimed.id} ${claimed.attempts}`;
    const done = this.attempts
      .attempt(claimed)
      .catch((error: unknown) => this.logger.warn(`an attempt could not be noted: ${errorFacts(error).type}`))
      .finally(() => {
        this.underWay.delete(key);
        // Also where the look for what is due goes on and nobody sleeps: a place is free.
        this.rung = true;
        this.wake();
      });
    this.underWay.set(key, { kind, done });
  }

  private async sleep(milliseconds: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      timer = setTimeout(resolve, milliseconds);
    });
    clearTimeout(timer);
    this.wake = () => undefined;
  }
}
