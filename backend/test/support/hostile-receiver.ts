import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What the receiver does with a request: answers with a status, never answers, or hangs up. */
export type Behaviour = number | 'hang' | 'die';

/** A receiver of webhooks on this machine that behaves as told, one behaviour a request, and well after the last. */
export async function startReceiver(behaviours: readonly Behaviour[] = []) {
  const requests: Received[] = [];
  const accepted: Received[] = [];
  const server = createServer((request, reply) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const received = { headers: request.headers, body: Buffer.concat(chunks).toString('latin1') };
      const behaviour = behaviours[requests.length] ?? 204;
      requests.push(received);
      if (behaviour === 'hang') return;
      if (behaviour === 'die') return void request.socket.destroy();
      if (behaviour < 300) accepted.push(received);
      reply
        .writeHead(behaviour, behaviour >= 300 && behaviour < 400 ? { location: '/elsewhere' } : {})
        .end('x'.repeat(5_000));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/alerts`,
    /** Everything that came in, and what was answered with success. */
    requests,
    accepted,
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
