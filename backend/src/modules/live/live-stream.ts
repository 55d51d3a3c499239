import { Readable } from 'node:stream';
import type { Actor } from '../auth/actor.js';
import type { ReadGrounds } from '../patients/read-grounds.repository.js';
import type { OutboxEvent } from './outbox.js';

/** How long a browser waits before it connects again. */
const RETRY_MS = 3_000;
/** Some thousand events. A client that has fallen back further is better served by asking for everything anew. */
const MOST_BUFFERED_BYTES = 512 * 1024;
const GIVE_UP_MS = 5_000;

export type ResetReason = 'too-old' | 'too-slow' | 'restarted';

/**
 * What one client is sent. An event carries its number as `id` where everything before it has been sent, so a client
 * that comes back with the last `id` it saw misses nothing; it may be sent again what became visible out of turn.
 */
export class LiveStream {
  readonly body = new Readable({ read: () => undefined });
  /** Patients first seen after the connect; those before stand in its audit row. */
  readonly seenLater = new Set<string>();
  private told = -1;
  private held: OutboxEvent[] | null = [];
  /** Sent already, of what the process may yet come across. */
  private readonly ahead = new Set<number>();
  private ending = false;

  constructor(
    readonly actor: Actor,
    readonly requestId: string,
    /** Milliseconds since the epoch. */
    readonly openedAt: number,
    readonly openedWith: ReadGrounds,
  ) {}

  get ended(): boolean {
    return this.ending || this.body.destroyed;
  }

  /**
   * The beginning of the answer. Events are held back until `release`.
   * @param from the number after which the client is sent everything
   */
  open(from: number, now: Date): void {
    this.write(`retry: ${RETRY_MS}\n${this.idLine(from)}${timeEvent(now)}`);
  }

  /** Sends what the client has missed and what has arrived since, each once. */
  release(missed: readonly OutboxEvent[], settled: number): void {
    const events = new Map([...missed, ...(this.held ?? [])].map((event) => [event.id, event]));
    this.held = null;
    for (const event of [...events.values()].sort((a, b) => a.id - b.id)) this.send(event, settled);
    for (const { id } of missed) if (id > settled) this.ahead.add(id);
  }

  send(event: OutboxEvent, settled: number): void {
    if (this.held) return void this.held.push(event);
    if (this.ahead.has(event.id)) return;
    const data = JSON.stringify({ patientId: event.patient.id, ...event.subject, at: new Date(event.at) });
    const id = event.id <= settled ? this.idLine(event.id) : '';
    this.write(`${id}event: ${event.kind}\ndata: ${data}\n\n`);
  }

  /** Says that the connection lives, what time it is, and how far everything has been sent. */
  beat(settled: number, now: Date): void {
    for (const id of this.ahead) if (id <= settled) this.ahead.delete(id);
    this.write(`: heartbeat\n${this.held ? '' : this.idLine(settled)}${timeEvent(now)}`);
  }

  /** Tells the client to ask for everything anew, and to go on from `settled`. */
  reset(reason: ResetReason, settled: number): void {
    this.held = null;
    this.told = settled;
    this.write(`id: ${settled}\n${resetEvent(reason)}`);
  }

  /** The client comes back by itself. One that does not even take what is under way is cut off. */
  end(): void {
    if (this.ended) return;
    this.ending = true;
    this.body.push(null);
    setTimeout(() => this.body.destroy(), GIVE_UP_MS).unref();
  }

  private idLine(id: number): string {
    if (id <= this.told) return '';
    this.told = id;
    return `id: ${id}\n`;
  }

  private write(text: string): void {
    if (this.ended) return;
    const tooSlow = this.body.readableLength > MOST_BUFFERED_BYTES;
    this.body.push(tooSlow ? resetEvent('too-slow') : text);
    if (tooSlow) this.end();
  }
}

const timeEvent = (now: Date): string => `event: time\ndata: ${JSON.stringify({ now })}\n\n`;
const resetEvent = (reason: ResetReason): string => `event: reset\ndata: ${JSON.stringify({ reason })}\n\n`;
