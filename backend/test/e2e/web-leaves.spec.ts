import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { builtWeb, startWeb } from '../support/web-process.js';

// The pages may have to be built.
jest.setTimeout(400_000);

let server: string;
/** Stands for an API: live events that never end, and one slow answer. */
let api: Server;
let slow: ServerResponse | null = null;
beforeAll(async () => {
  server = builtWeb();
  api = createServer((request, response) => {
    if (request.url === '/api/v1/slow') return void (slow = response);
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': hello\n\n');
  });
  api.listen(0, '127.0.0.1');
  await once(api, 'listening');
});
afterAll(() => {
  api.closeAllConnections();
  api.close();
});

it('answers what it has begun, ends the live events of open pages, and leaves with exit code 0', async () => {
  const web = await startWeb(server, `http://127.0.0.1:${(api.address() as AddressInfo).port}`);
  const live = (await fetch(`${web.url}/api/v1/live`)).body?.getReader();
  expect(new TextDecoder().decode((await live?.read())?.value)).toBe(': hello\n\n');
  const answer = fetch(`${web.url}/api/v1/slow`);
  while (!slow) await new Promise((resolve) => setTimeout(resolve, 20));

  const stopped = web.stop();
  await expect(live?.read()).rejects.toThrow('terminated');
  slow.end('{"late":true}');
  expect(await (await answer).json()).toEqual({ late: true });
  expect(await stopped).toBe(0);
});
