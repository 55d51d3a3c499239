import { createParser } from 'eventsource-parser';
import { type LiveEvent, toLiveEvent } from './live-event';

/** `reconnecting`: nothing has been heard lately, so what a page shows may be out of date. */
export type LiveConnection = 'connecting' | 'live' | 'reconnecting' | 'signed-out';

export interface StreamListener {
  event(event: LiveEvent): void;
  connection(connection: LiveConnection): void;
  /** Something came, if only a heartbeat: what the page knows is as of now. */
  heard(): void;
}

/** More than two heartbeats. */
export const SILENCE_MS = 45_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/** Each attempt waits up to twice as long as the one before, so that a restart is not met by everybody at once. */
const waitAfter = (failures: number): number =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures) * (0.5 + Math.random() / 2);

/** Follows the stream until `signal` aborts. Goes on where it was after a pause; where that cannot be, says `reset`. */
export async function followStream(url: string, listener: StreamListener, signal: AbortSignal): Promise<void> {
  let lastEventId: string | null = null;
  let failures = 0;
  while (!signal.aborted) {
    const ended = await readOnce(url, lastEventId, signal, {
      opened() {
        failures = 0;
        listener.connection('live');
        // The page was made before this; what happened in between is not in the stream.
        if (lastEventId === null) listener.event({ kind: 'reset' });
      },
      heard: () => listener.heard(),
      id: (id) => (lastEventId = id),
      event: (event) => listener.event(event),
    });
    if (signal.aborted) return;
    if (ended !== 'ended') listener.connection(ended === 'signed-out' ? 'signed-out' : 'reconnecting');
    await pause(waitAfter(failures++), signal);
  }
}

interface Reader {
  opened(): void;
  heard(): void;
  id(id: string): void;
  event(event: LiveEvent): void;
}

async function readOnce(
  url: string,
  lastEventId: string | null,
  signal: AbortSignal,
  reader: Reader,
): Promise<'ended' | 'lost' | 'signed-out'> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), SILENCE_MS);
  try {
    const answer = await fetch(url, {
      headers: { accept: 'text/event-stream', ...(lastEventId === null ? {} : { 'last-event-id': lastEventId }) },
      cache: 'no-store',
      signal: AbortSignal.any([signal, silence.signal]),
    });
    if (answer.status === 401) return 'signed-out';
    if (!answer.ok || !answer.body) return 'lost';
    reader.opened();
    const parser = createParser({
      onEvent({ id, event = '', data }) {
        if (id !== undefined) reader.id(id);
        const told = toLiveEvent(event, data);
        if (told) reader.event(told);
      },
    });
    const chunks = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await chunks.read();
      if (done) return 'ended';
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MS);
      reader.heard();
      parser.feed(value);
    }
  } catch {
    return 'lost';
  } finally {
    clearTimeout(timer);
    silence.abort();
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}
