import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { Clock } from '../../common/clock.js';
import { Drain } from '../../common/lifecycle/drain.js';
import { Metrics } from '../../common/metrics/metrics.js';
import { Problem } from '../../common/problem.js';
import { AuditService } from '../audit/audit.service.js';
import type { Actor } from '../auth/actor.js';
import { SessionsService } from '../auth/sessions.service.js';
import { mayRead, type ReadGrounds, ReadGroundsRepository } from '../patients/read-grounds.repository.js';
import { LiveBacklogRepository } from './live-backlog.repository.js';
import { type FeedListener, LiveFeed } from './live-feed.js';
import { LiveStream } from './live-stream.js';
import type { OutboxEvent } from './outbox.js';
import { type Shown, ShownAlertsRepository } from './shown-alerts.repository.js';

const HEARTBEAT_MS = 20_000;
/** Rights are looked at when their bell rings, and this often in any case: a grant may end without anybody doing a thing. */
const CHECK_MS = 4_000;
/** Nobody is sent anything by rights that were looked at longer ago than this. */
const TRUSTED_MS = 5_000;
/** Many changes at once are looked at together. */
const GATHER_MS = 50;
const STREAMS_PER_USER = 30;
/** How far the clocks of two of our machines may be apart. */
const CLOCK_SKEW_MS = 60_000;
const ACTION = 'GET /live';

interface Recipient {
  readonly stream: LiveStream;
  readonly event: OutboxEvent;
}

/** The streams that clients of this process have open: who is sent what, and for how long. */
@Injectable()
export class LiveService implements FeedListener, OnModuleDestroy {
  private readonly streams = new Set<LiveStream>();
  private grounds = new Map<string, ReadGrounds>();
  private checkedAt = Number.NEGATIVE_INFINITY;
  private settled = 0;
  private started: Promise<number> | null = null;
  private readonly timers: NodeJS.Timeout[] = [];
  private checkSoon: NodeJS.Timeout | null = null;

  constructor(
    private readonly feed: LiveFeed,
    private readonly backlog: LiveBacklogRepository,
    private readonly sessions: SessionsService,
    private readonly rights: ReadGroundsRepository,
    private readonly audit: AuditService,
    private readonly shown: ShownAlertsRepository,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
    private readonly drain: Drain,
  ) {}

  onModuleDestroy(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    if (this.checkSoon) clearTimeout(this.checkSoon);
    for (const stream of this.streams) stream.end();
    return this.feed.stop();
  }

  /**
   * Opens a stream. The patients whom it may tell of stand in one audit row; one whom the caller may read only later
   * gets a row of their own before the first event.
   * @param lastEventId what the client saw last; without it the stream begins now
   */
  async open(actor: Actor, lastEventId: string | undefined, requestId: string): Promise<Readable> {
    const own = [...this.streams].filter((stream) => stream.actor.userId === actor.userId);
    if (own.length >= STREAMS_PER_USER) throw new Problem('TOO_MANY_REQUESTS', 'Too many streams are open already.');
    if (!(await this.sessions.liveAmong([actor.sessionId])).has(actor.sessionId)) throw new Problem('INVALID_TOKEN');
    const grounds = (await this.rights.of([actor.userId])).get(actor.userId);
    if (!grounds) throw new Problem('INVALID_TOKEN');
    await this.audit.recordReads(actor, await this.backlog.othersReadableBy(actor.userId), ACTION, requestId);
    await this.start();

    const stream = new LiveStream(actor, requestId, this.clock.now().getTime(), grounds);
    const from = lastEventId === undefined ? this.settled : numberOf(lastEventId);
    this.add(stream);
    if (from === null) {
      stream.open(this.settled, this.clock.now());
      stream.reset('too-old', this.settled);
    } else {
      stream.open(from, this.clock.now());
      this.catchUp(stream, from).catch(() => stream.end());
    }
    return stream.body;
  }

  async arrived(events: readonly OutboxEvent[], settled: number): Promise<void> {
    if (events.length > 0 && this.streams.size > 0) {
      if (performance.now() - this.checkedAt > TRUSTED_MS) await this.check();
      const recipients = events.flatMap((event) => this.recipientsOf(event));
      await this.auditFirstSeen(recipients);
      for (const { stream, event } of recipients) stream.send(event, settled);
      const reached = recipients.filter(({ stream }) => !stream.ended);
      this.noteShown(reached.map(({ stream, event }) => ({ userId: stream.actor.userId, event })));
      const now = this.clock.now().getTime();
      for (const { kind, at } of events) {
        this.metrics.observe('glucolens_live_delay_seconds', { kind }, Math.max(0, now - at) / 1_000);
      }
    }
    this.settled = settled;
  }

  accessChanged(): void {
    this.checkSoon ??= setTimeout(() => {
      this.checkSoon = null;
      void this.check().catch(() => undefined);
    }, GATHER_MS);
  }

  restarted(): void {
    for (const stream of this.streams) {
      stream.reset('restarted', 0);
      stream.end();
    }
  }

  /** Everything that does not depend on what arrives; the first stream sets it going. */
  private async start(): Promise<void> {
    this.started ??= this.feed.start(this).then((settled) => {
      this.settled = settled;
      this.timers.push(
        setInterval(() => this.beat(), HEARTBEAT_MS),
        setInterval(() => void this.check().catch(() => undefined), CHECK_MS),
      );
      return settled;
    });
    try {
      await this.started;
    } catch {
      this.started = null;
      throw new Problem('UNAVAILABLE', 'Live updates are not available right now. Try again shortly.');
    }
  }

  private add(stream: LiveStream): void {
    this.streams.add(stream);
    this.grounds.set(stream.actor.userId, stream.openedWith);
    this.metrics.shift('glucolens_live_streams', {}, 1);
    const forget = this.drain.onEnding(() => stream.end());
    stream.body.once('close', () => {
      forget();
      this.streams.delete(stream);
      this.metrics.shift('glucolens_live_streams', {}, -1);
    });
  }

  private async catchUp(stream: LiveStream, from: number): Promise<void> {
    const missed = await this.backlog.after(stream.actor.userId, from);
    if (typeof missed === 'string') stream.reset(missed, this.settled);
    else {
      stream.release(missed, this.settled);
      if (!stream.ended) this.noteShown(missed.map((event) => ({ userId: stream.actor.userId, event })));
    }
  }

  /** Nobody's news waits for this. Without the note the alert is told in other ways as if no page had been open. */
  private noteShown(sent: readonly Shown[]): void {
    void this.shown.note(sent).catch(() => undefined);
  }

  private beat(): void {
    for (const stream of this.streams) stream.beat(this.settled, this.clock.now());
  }

  private recipientsOf(event: OutboxEvent): Recipient[] {
    const recipients: Recipient[] = [];
    for (const stream of this.streams) {
      const grounds = this.grounds.get(stream.actor.userId);
      if (grounds && mayRead(grounds, event.patient)) recipients.push({ stream, event });
    }
    return recipients;
  }

  /** A look that cannot be written down does not happen: the stream ends, and its client tries again. */
  private async auditFirstSeen(recipients: readonly Recipient[]): Promise<void> {
    const unseen = new Map<LiveStream, Set<string>>();
    for (const { stream, event } of recipients) {
      if (isAudited(stream, event)) continue;
      const ids = unseen.get(stream) ?? new Set();
      unseen.set(stream, ids.add(event.patient.id));
    }
    const record = async ([stream, ids]: [LiveStream, Set<string>]): Promise<void> => {
      try {
        await this.audit.recordReads(stream.actor, [...ids], ACTION, stream.requestId);
        for (const id of ids) stream.seenLater.add(id);
      } catch {
        stream.end();
      }
    };
    await Promise.all([...unseen].map(record));
  }

  /** Looks at the sessions and the rights of everybody who has a stream. */
  private async check(): Promise<void> {
    if (this.streams.size === 0) return;
    const begunAt = performance.now();
    const streams = [...this.streams];
    const [live, grounds] = await Promise.all([
      this.sessions.liveAmong([...new Set(streams.map(({ actor }) => actor.sessionId))]),
      this.rights.of([...new Set(streams.map(({ actor }) => actor.userId))]),
    ]);
    for (const stream of streams) if (!live.has(stream.actor.sessionId)) stream.end();
    // Checks may overtake each other; what was asked for later counts.
    if (begunAt < this.checkedAt) return;
    this.checkedAt = begunAt;
    for (const [userId, found] of grounds) this.grounds.set(userId, found);
  }
}

/** Whether the audit log says already that this person is told of this patient. */
function isAudited({ actor, openedAt, openedWith, seenLater }: LiveStream, { patient }: OutboxEvent): boolean {
  if (patient.userId === actor.userId || seenLater.has(patient.id)) return true;
  return patient.createdAt < openedAt - CLOCK_SKEW_MS && mayRead(openedWith, patient);
}

function numberOf(lastEventId: string): number | null {
  return /^\d{1,15}$/.test(lastEventId) ? Number(lastEventId) : null;
}
