import { followStream, type LiveConnection, SILENCE_MS, type StreamListener } from './follow-stream';
import type { LiveEvent } from './live-event';

const STREAM = '/api/v1/live';
const GROUP = 'glucolens-live';
/** While nothing is heard, pages ask by themselves. */
const POLL_MS = 60_000;

export interface LiveState {
  readonly connection: LiveConnection;
  /** When anything was heard last, ms since the epoch on this device's clock; `null` before the first time. */
  readonly heardAt: number | null;
}

export const NOTHING_HEARD: LiveState = { connection: 'connecting', heardAt: null };

type Message =
  | { readonly tell: 'event'; readonly event: LiveEvent }
  | { readonly tell: 'connection'; readonly connection: LiveConnection }
  | { readonly tell: 'heard' }
  /** Of a tab that has just come and does not know how things stand. */
  | { readonly tell: 'hello' };

/**
 * The live events of one tab. Of all tabs of a browser one holds the stream and tells the others, since a browser opens
 * only six connections to a server; when it closes, the next takes over and its pages ask for everything anew.
 */
export class LiveClient {
  private state = NOTHING_HEARD;
  private readonly watchers = new Set<() => void>();
  private readonly listeners = new Set<(event: LiveEvent) => void>();
  private channel: BroadcastChannel | null = null;
  private silence: ReturnType<typeof setTimeout> | undefined;
  private started = false;
  private leads = false;

  readonly snapshot = (): LiveState => this.state;

  /** Calls back whenever the state changes. Answers how to stop. */
  readonly watch = (watcher: () => void): (() => void) => {
    this.start();
    this.watchers.add(watcher);
    return () => void this.watchers.delete(watcher);
  };

  /** Calls back with each event. Answers how to stop. */
  listen(listener: (event: LiveEvent) => void): () => void {
    this.start();
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  private start(): void {
    if (this.started) return;
    this.started = true;
    this.expectNews();
    setInterval(() => {
      if (this.state.connection !== 'live') this.take({ tell: 'event', event: { kind: 'reset' } });
    }, POLL_MS);
    const never = new AbortController().signal;
    // Without a secure context there are no locks: then each tab has a stream of its own.
    if (!('locks' in navigator)) return void followStream(STREAM, this.asListener(), never);
    this.channel = new BroadcastChannel(GROUP);
    this.channel.onmessage = ({ data }: MessageEvent<Message>) => this.take(data);
    this.channel.postMessage({ tell: 'hello' } satisfies Message);
    void navigator.locks.request(GROUP, () => {
      this.leads = true;
      return followStream(STREAM, this.asListener(), never);
    });
  }

  private asListener(): StreamListener {
    return {
      event: (event) => this.pass({ tell: 'event', event }),
      connection: (connection) => this.pass({ tell: 'connection', connection }),
      heard: () => this.pass({ tell: 'heard' }),
    };
  }

  private pass(message: Message): void {
    this.channel?.postMessage(message);
    this.take(message);
  }

  private take(message: Message): void {
    if (message.tell === 'event') for (const listener of this.listeners) listener(message.event);
    else if (message.tell === 'connection') this.change({ ...this.state, connection: message.connection });
    else if (message.tell === 'hello') {
      if (this.leads)
        this.channel?.postMessage({ tell: 'connection', connection: this.state.connection } satisfies Message);
    } else {
      this.expectNews();
      this.change({ connection: 'live', heardAt: Date.now() });
    }
  }

  private expectNews(): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.change({ ...this.state, connection: 'reconnecting' }), SILENCE_MS);
  }

  private change(state: LiveState): void {
    this.state = state;
    for (const watcher of this.watchers) watcher();
  }
}
