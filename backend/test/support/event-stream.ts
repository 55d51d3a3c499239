import { request } from 'node:http';
import { once } from 'node:events';

export interface StreamedEvent {
  readonly id: string | null;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

export interface EventStream {
  readonly headers: Readonly<Record<string, unknown>>;
  /** Everything received so far, but for the time. */
  readonly events: readonly StreamedEvent[];
  readonly comments: readonly string[];
  /** What the client would send as `Last-Event-ID`. */
  lastEventId(): string;
  readonly ended: Promise<void>;
  close(): void;
}

interface StreamOptions {
  readonly bearer?: string;
  readonly cookie?: string;
  readonly lastEventId?: string;
}

/** A client of server-sent events that keeps everything it is sent, once the server has begun to answer. */
export async function openStream(url: string, options: StreamOptions): Promise<EventStream> {
  const { bearer, cookie, lastEventId } = options;
  const asked = request(url, {
    agent: false,
    headers: {
      accept: 'text/event-stream',
      ...(bearer ? { authorization: bearer } : {}),
      ...(cookie ? { cookie } : {}),
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    },
  });
  asked.end();
  const [answer] = await once(asked, 'response');
  if (answer.statusCode !== 200) {
    asked.destroy();
    throw new Error(`the stream was answered ${answer.statusCode}`);
  }
  const events: StreamedEvent[] = [];
  const comments: string[] = [];
  let last = lastEventId ?? '';
  let open = '';
  let opened: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => (opened = resolve));
  answer.setEncoding('utf8').on('data', (chunk: string) => {
    const blocks = (open + chunk).split('\n\n');
    open = blocks.pop() ?? '';
    for (const block of blocks) take(block);
  });
  function take(block: string): void {
    const fields = new Map<string, string>();
    for (const line of block.split('\n')) {
      const [, name = '', value = ''] = /^([^:]*): ?(.*)$/.exec(line) ?? [];
      if (name === '') comments.push(value);
      else fields.set(name, value);
    }
    const id = fields.get('id') ?? null;
    last = id ?? last;
    const event = fields.get('event');
    if (event === 'time') opened();
    else if (event) events.push({ id, event, data: JSON.parse(fields.get('data') ?? '{}') });
  }
  const ended = new Promise<void>((resolve) => answer.on('close', resolve).on('error', () => undefined));
  await Promise.race([begun, ended]);
  return { headers: answer.headers, events, comments, lastEventId: () => last, ended, close: () => asked.destroy() };
}
