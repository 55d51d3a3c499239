import { Inject, Injectable } from '@nestjs/common';
import { Client } from 'pg';
import { PinoLogger } from 'nestjs-pino';
import { Clock } from '../../common/clock.js';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { EVENTS_BELL } from './live-events.js';
import { begin, look, type OutboxEvent } from './outbox.js';
import { SettledIds } from './settled-ids.js';

const ACCESS_BELL = 'glucolens_access';
/** A bell may be lost with its connection, and a connection may be dead without a word. */
const LOOK_ANYWAY_MS = 2_000;
/** While numbers are missing their transaction may end without ringing. */
const LOOK_FOR_MISSING_MS = 200;
const RETRY_MS = 500;
const PATIENCE_MS = 5_000;

export interface FeedListener {
  /**
   * What became visible, ascending; each event once. Nothing further is read until this has ended.
   * @param settled no event up to this number will become visible any more
   */
  arrived(events: readonly OutboxEvent[], settled: number): Promise<void>;
  /** Rights of somebody have changed. */
  accessChanged(): void;
  /** The outbox is another one than before, as after a restore: nothing follows on what was read. */
  restarted(): void;
}

/**
 * Follows the outbox for one process, on one connection of its own that listens for the bell. Passes on what is visible
 * at once: a transaction that takes long holds nobody else's news back. A lost connection is made anew, and what was
 * written meanwhile follows.
 */
@Injectable()
export class LiveFeed {
  private client: Client | null = null;
  private ids: SettledIds | null = null;
  private listener: FeedListener | null = null;
  private timer: NodeJS.Timeout | null = null;
  private busy: Promise<void> | null = null;
  private again = false;
  private stopped = false;

  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    private readonly clock: Clock,
    private readonly logger: PinoLogger,
  ) {}

  /**
   * Resolves once the outbox is followed; from then on nothing that becomes visible is missed. Answers up to which
   * number nothing will follow.
   */
  async start(listener: FeedListener): Promise<number> {
    this.listener = listener;
    if (!this.client) await this.connect();
    this.schedule(LOOK_ANYWAY_MS);
    return this.ids?.settled ?? 0;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
    const { client } = this;
    this.client = null;
    await client?.end().catch(() => undefined);
    await this.busy;
  }

  private async connect(): Promise<void> {
    const client = new Client({
      connectionString: this.environment.DATABASE_DIRECT_URL ?? this.environment.DATABASE_URL,
      application_name: 'glucolens-live',
      connectionTimeoutMillis: PATIENCE_MS,
      query_timeout: PATIENCE_MS,
      keepAlive: true,
    });
    client.on('error', () => this.lose(client));
    client.on('end', () => this.lose(client));
    client.on('notification', ({ channel }) => {
      if (channel === ACCESS_BELL) this.listener?.accessChanged();
      else this.read();
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${EVENTS_BELL}; LISTEN ${ACCESS_BELL}`);
      const { newest, gaps } = await begin(client, this.clock.now());
      if (this.ids && newest < this.ids.last) {
        this.ids = null;
        this.listener?.restarted();
      }
      this.ids ??= new SettledIds(newest, gaps);
      this.client = client;
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
  }

  private lose(client: Client): void {
    if (this.client !== client) return;
    this.client = null;
    if (this.stopped) return;
    this.logger.warn('the connection that listens for live events was lost');
    void client.end().catch(() => undefined);
    this.schedule(0);
  }

  private schedule(milliseconds: number): void {
    if (this.stopped) return;
    if (this.timer) clearTimeout(this.timer);
    this.timer = setTimeout(() => this.read(), milliseconds);
  }

  /** One look at a time; a bell during one asks for another. */
  private read(): void {
    if (this.stopped) return;
    if (this.busy) {
      this.again = true;
      return;
    }
    this.busy = this.readAll().finally(() => {
      this.busy = null;
      if (this.again && this.client) this.read();
    });
  }

  private async readAll(): Promise<void> {
    try {
      if (!this.client) {
        await this.connect();
        this.logger.info('live events are listened for again');
        this.listener?.accessChanged();
      }
      do this.again = await this.readOnce();
      while (this.again && !this.stopped);
      this.schedule(this.ids?.gaps.length ? LOOK_FOR_MISSING_MS : LOOK_ANYWAY_MS);
    } catch {
      if (this.client) this.lose(this.client);
      this.schedule(RETRY_MS);
    }
  }

  private async readOnce(): Promise<boolean> {
    const { client, ids } = this;
    if (!client || !ids) return false;
    this.again = false;
    const askForGiven = ids.gaps.some(({ takenBefore }) => takenBefore === null);
    const { events, progress, full } = await look(client, ids.last, ids.gaps, { askForGiven });
    ids.see(
      events.map(({ id }) => id),
      progress,
    );
    await this.listener?.arrived(events, ids.settled);
    return full || this.again;
  }
}
