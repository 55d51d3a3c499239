import { createServer, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { followStream, type LiveConnection } from '@/features/live/follow-stream';
import type { LiveEvent } from '@/features/live/live-event';

const reading = (patientId: string) =>
  JSON.stringify({ patientId, measuredAt: '2026-06-01T00:00:00Z', at: '2026-06-01T00:00:01Z' });

/** A server whose answers a test gives itself, and a client that follows it. */
async function follow() {
  const asked: (string | undefined)[] = [];
  const answers: ServerResponse[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers['last-event-id'] as string | undefined);
    answers.push(response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const events: LiveEvent[] = [];
  const connections: LiveConnection[] = [];
  const stop = new AbortController();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/live`;
  const followed = followStream(
    url,
    { event: (event) => events.push(event), connection: (state) => connections.push(state), heard: () => undefined },
    stop.signal,
  );
  const answer = async (): Promise<ServerResponse> => {
    await until(() => answers.length > 0);
    return answers.shift() as ServerResponse;
  };
  const close = async () => {
    stop.abort();
    await followed;
    server.closeAllConnections();
    server.close();
  };
  return { asked, events, connections, answer, close };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}

const stream = (response: ServerResponse) => response.writeHead(200, { 'content-type': 'text/event-stream' });

it('goes on after the last event it saw, and does not make pages anew for that', async () => {
  const { asked, events, connections, answer, close } = await follow();
  const first = stream(await answer());
  first.write(`id: 7\nevent: reading\ndata: ${reading('a')}\n\nid: 8\nevent: time\ndata: {}\n\n`);
  await until(() => events.length === 2);
  first.end();
  const second = stream(await answer());
  second.write(`id: 9\nevent: reading\ndata: ${reading('b')}\n\n`);
  await until(() => events.length === 3);
  expect(asked).toEqual([undefined, '8']);
  expect(events.map((event) => (event.kind === 'reading' ? event.patientId : event.kind))).toEqual(['reset', 'a', 'b']);
  expect(new Set(connections)).toEqual(new Set(['live']));
  await close();
});

it('says that it reconnects while the server does not answer, and that it is signed out', async () => {
  const { connections, answer, close } = await follow();
  (await answer()).writeHead(503).end();
  (await answer()).writeHead(401).end();
  stream(await answer()).write(': hello\n\n');
  await until(() => connections.length === 3);
  expect(connections).toEqual(['reconnecting', 'signed-out', 'live']);
  await close();
});

it('leaves out what it does not know', async () => {
  const { events, answer, close } = await follow();
  const response = stream(await answer());
  response.write('event: weather\ndata: {}\n\nevent: reading\ndata: {"patientId"\n\nevent: reset\ndata: {}\n\n');
  await until(() => events.length === 2);
  expect(events).toEqual([{ kind: 'reset' }, { kind: 'reset' }]);
  await close();
});
