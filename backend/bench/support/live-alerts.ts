import { request } from 'node:http';
import { once } from 'node:events';

/** An alert that a stream told of, with the instant of `performance.now()` at which it did. */
export interface Heard {
  readonly patientId: string;
  readonly alertId: string;
  readonly at: number;
}

/** Listens to what a person is told live, and passes on every alert that opens. */
export async function listenLive(
  baseUrl: string,
  token: string,
  hear: (one: Heard) => void,
): Promise<{ close(): void }> {
  const asked = request(new URL('/api/v1/live', baseUrl), {
    agent: false,
    headers: { accept: 'text/event-stream', authorization: `Bearer ${token}` },
  });
  asked.end();
  const [answer] = await once(asked, 'response');
  if (answer.statusCode !== 200) throw new Error(`the stream was answered ${answer.statusCode}`);
  let rest = '';
  answer.setEncoding('utf8').on('data', (chunk: string) => {
    const at = performance.now();
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      if (!/^event: ?alert$/m.test(block)) continue;
      const { patientId, alertId, changes } = JSON.parse(/^data: ?(.*)$/m.exec(block)?.[1] ?? '{}');
      if (changes.includes('opened')) hear({ patientId, alertId, at });
    }
  });
  answer.on('error', () => undefined);
  return { close: () => asked.destroy() };
}
