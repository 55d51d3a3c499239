import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, test } from 'node:test';
import { WEB_SERVER } from '../build.mjs';
import { freePort, waitUntil } from '../processes.mjs';
import { webEnvironment } from '../settings.mjs';

/** Longer than Node keeps an idle connection when nobody tells it otherwise. */
const IDLE_MS = 7_500;

let api;
let web;
/** Requests that the API has taken and not answered. */
let held;

beforeEach(async () => {
  held = [];
  api = createServer((asked, answer) => {
    if (asked.url.startsWith('/api/v1/live')) {
      answer.writeHead(200, { 'content-type': 'text/event-stream' }).write(': here\n\n');
    } else held.push(answer);
  }).listen(0, '127.0.0.1');
  await once(api, 'listening');
  web = await startWeb(`http://127.0.0.1:${api.address().port}`);
});
afterEach(async () => {
  if (web.child.exitCode === null) web.child.kill('SIGKILL');
  await web.ended;
  api.closeAllConnections();
  api.close();
});

/** The built server with the settings of `npm start`. */
async function startWeb(apiUrl) {
  const port = await freePort();
  const env = webEnvironment(
    { ports: { web: { value: port }, api: { value: 1 } }, dataDirectory: '/nowhere' },
    { PATH: process.env.PATH, API_URL: apiUrl, SECRET_KEY: 'a key of thirty-two bytes or more, for tests' },
  );
  const child = spawn(process.execPath, [WEB_SERVER], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const started = { child, port, output: '', ended: once(child, 'close') };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (started.output += chunk));
  const answers = async () =>
    child.exitCode !== null || (await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null))?.ok;
  assert.ok(await waitUntil(answers, { seconds: 60 }), started.output);
  assert.equal(child.exitCode, null, started.output);
  return started;
}

async function ask(path, agent) {
  const sent = request({ port: web.port, host: '127.0.0.1', path, agent });
  sent.end();
  const [response] = await once(sent, 'response');
  return { sent, response };
}

async function textOf(response) {
  let text = '';
  for await (const chunk of response) text += chunk;
  return text;
}

const refusesConnections = () =>
  new Promise((resolve) => {
    const socket = connect(web.port, '127.0.0.1');
    socket.once('connect', () => resolve(false)).once('error', () => resolve(true));
    socket.once('connect', () => socket.destroy());
  });

test('an idle connection outlives the 60 s of common load balancers', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const first = await ask('/healthz', agent);
  await textOf(first.response);
  assert.equal(first.response.headers['keep-alive'], 'timeout=65');
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  const second = await ask('/healthz', agent);
  await textOf(second.response);
  assert.equal(second.sent.reusedSocket, true);
  agent.destroy();
});

for (const signal of ['SIGTERM', 'SIGINT']) {
  test(`on ${signal} it answers what it was asked, ends streams and leaves with 0`, async () => {
    const agent = new Agent({ keepAlive: true });
    await textOf((await ask('/healthz', agent)).response);
    const stream = await ask('/api/v1/live', agent);
    const streamed = textOf(stream.response);
    const underWay = ask('/api/v1/patients', agent);
    assert.ok(await waitUntil(() => held.length === 1, { seconds: 30 }), web.output);

    web.child.kill(signal);
    assert.ok(await waitUntil(refusesConnections, { seconds: 20 }));
    assert.equal(await streamed, ': here\n\n');
    assert.equal(web.child.exitCode, null);
    held[0].writeHead(200, { 'content-type': 'application/json' }).end('{"whole":true}');
    const { response } = await underWay;
    assert.deepEqual(
      [response.statusCode, response.headers.connection, await textOf(response)],
      [200, 'close', '{"whole":true}'],
    );
    const [code] = await web.ended;
    assert.equal(code, 0, web.output);
    agent.destroy();
  });
}

test('a connection in reserve, over which nothing ever came, does not keep it', async () => {
  const reserve = connect(web.port, '127.0.0.1').on('error', () => undefined);
  await once(reserve, 'connect');
  await textOf((await ask('/healthz')).response);
  const asked = performance.now();
  web.child.kill('SIGTERM');
  const [code] = await web.ended;
  assert.equal(code, 0, web.output);
  assert.ok(performance.now() - asked < 10_000);
  reserve.destroy();
});

test('a second signal ends it at once', async () => {
  const underWay = ask('/api/v1/patients').catch(() => null);
  assert.ok(await waitUntil(() => held.length === 1, { seconds: 30 }), web.output);
  web.child.kill('SIGTERM');
  assert.ok(await waitUntil(refusesConnections, { seconds: 20 }));
  web.child.kill('SIGTERM');
  const [code] = await web.ended;
  assert.equal(code, 128 + 15);
  await underWay;
});
