import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { connect, createServer as createTcpServer } from 'node:net';
import { test } from 'node:test';
import { audit } from '../../drill/kit/auditor.mjs';
import { openBalancer } from '../../drill/kit/balancer.mjs';
import { prepareGround } from '../../drill/kit/ground.mjs';
import { Load } from '../../drill/kit/load.mjs';
import { formatTable } from '../../drill/kit/report.mjs';
import { Scene } from '../../drill/kit/scene.mjs';
import { openTcpProxy } from '../../drill/kit/tcp-proxy.mjs';
import { sleep, waitUntil } from '../processes.mjs';

const listen = (server) =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));

test('the auditor finds nothing after a calm load, and every kind of damage to it', async (t) => {
  const ground = await prepareGround(() => {});
  t.after(() => ground.close());
  const scene = await Scene.open(ground, 'auditor', { tell: () => {}, signal: t.signal });
  t.after(() => scene.close());
  const api = await scene.start('api');
  const load = scene.load({ target: () => api.url });
  await load.flows(100);
  const { lost, doubled, stored, sent } = await scene.settle(load);
  assert.deepEqual(
    { lost, doubled, stored, findings: scene.findings },
    { lost: 0, doubled: 0, stored: sent, findings: [] },
  );

  const { ledger } = load;
  const patientId = scene.people[3].patientId;
  /** What the auditor says of a change that is taken back. */
  const damaged = async (statement) => {
    await scene.query('CREATE TABLE kept_readings AS SELECT * FROM glucose_readings');
    await scene.query('CREATE TABLE kept_days AS SELECT * FROM glucose_days');
    await scene.query(statement, [patientId]);
    const result = await audit(scene.query, ledger);
    await scene.query('TRUNCATE glucose_readings, glucose_days');
    await scene.query('INSERT INTO glucose_readings SELECT * FROM kept_readings');
    await scene.query('INSERT INTO glucose_days SELECT * FROM kept_days');
    await scene.query('DROP TABLE kept_readings, kept_days');
    return { lost: result.lost, doubled: result.doubled, findings: result.findings.length };
  };
  const newest = 'measured_at = (SELECT max(measured_at) FROM glucose_readings WHERE patient_id = $1)';
  const copy = (
    columns,
  ) => `INSERT INTO glucose_readings (patient_id, measured_at, received_at, source_id, tenths, unit, flags)
    SELECT patient_id, ${columns}, tenths, unit, flags FROM glucose_readings WHERE patient_id = $1 AND ${newest}`;

  await t.test('a lost reading', async () => {
    const found = await damaged(`DELETE FROM glucose_readings WHERE patient_id = $1 AND ${newest}`);
    assert.deepEqual(found, { lost: 1, doubled: 0, findings: 1 });
  });
  await t.test('a reading with another value', async () => {
    const found = await damaged(`UPDATE glucose_readings SET tenths = tenths + 1 WHERE patient_id = $1 AND ${newest}`);
    assert.deepEqual(found, { lost: 1, doubled: 0, findings: 1 });
  });
  await t.test('a reading stored twice', async () => {
    const found = await damaged(copy('measured_at, received_at, source_id + 1'));
    assert.deepEqual([found.lost, found.doubled], [0, 1]);
  });
  await t.test('a reading that nobody sent', async () => {
    const found = await damaged(copy("measured_at + interval '1 minute', received_at, source_id"));
    assert.deepEqual([found.lost, found.doubled], [0, 1]);
  });
  await t.test('a sample that a day counts twice', async () => {
    const found = await damaged(`UPDATE glucose_days SET count = count + 1 WHERE patient_id = $1
      AND day = (SELECT max(day) FROM glucose_days WHERE patient_id = $1)`);
    assert.deepEqual(found, { lost: 0, doubled: 1, findings: 1 });
  });
  await t.test('a reading that no day counts', async () => {
    const found = await damaged(`UPDATE glucose_days SET count = count - 1 WHERE patient_id = $1
      AND day = (SELECT max(day) FROM glucose_days WHERE patient_id = $1)`);
    assert.deepEqual(found, { lost: 0, doubled: 0, findings: 1 });
  });
});

test('a device sends again until it is acknowledged, and notes every answer that is not honest', async (t) => {
  const problem = { 'content-type': 'application/problem+json', 'retry-after': '1' };
  const answers = [
    (answer) => answer.writeHead(503, problem).end('{}'),
    (answer) => answer.destroy(),
    (answer) => answer.writeHead(500, { 'content-type': 'application/problem+json' }).end('{"code":"INTERNAL_ERROR"}'),
    (answer) => answer.writeHead(503, { 'content-type': 'text/html' }).end('busy'),
  ];
  const bodies = [];
  const server = createServer((incoming, outgoing) => {
    incoming.on('data', (chunk) => bodies.push(String(chunk)));
    incoming.on('end', () => (answers.shift() ?? ((answer) => answer.writeHead(201).end('{}')))(outgoing));
  });
  const port = await listen(server);
  t.after(() => server.close());
  const load = new Load({
    people: [{ patientId: 'somebody', token: 'none' }],
    target: () => `http://127.0.0.1:${port}`,
    crowd: [{ everyMs: 10_000, patient: false }],
  }).start();
  await waitUntil(() => load.ledger.acknowledged > 0, { seconds: 20 });
  const ledger = await load.finish();
  assert.deepEqual([ledger.sent, ledger.acknowledged, ledger.broken], [1, 1, 1]);
  assert.deepEqual(ledger.statuses, { 201: 1, 500: 1, 503: 2 });
  assert.deepEqual(ledger.findings, [
    'a reading was answered 500 INTERNAL_ERROR, not 503',
    'an answer 503 was not problem+json',
    '503 without Retry-After',
  ]);
  assert.equal(new Set(bodies).size, 1);
});

test('a wire that stalls holds everything back, one that is cut resets and refuses, a restored one is whole', async (t) => {
  const echo = createTcpServer((socket) => socket.pipe(socket).on('error', () => {}));
  const wire = await openTcpProxy(await listen(echo));
  t.after(async () => {
    await wire.close();
    echo.close();
  });
  const open = () => {
    const client = { socket: connect(wire.port, '127.0.0.1'), heard: '', closed: false };
    client.socket.on('data', (chunk) => (client.heard += chunk));
    client.socket.on('close', () => (client.closed = true));
    client.socket.on('error', () => {});
    return client;
  };
  const hears = (client, text) => waitUntil(() => client.heard === text, { seconds: 5, everyMs: 5 });
  const first = open();
  first.socket.write('one ');
  assert.equal(await hears(first, 'one '), true);

  wire.stall();
  first.socket.write('two ');
  const second = open();
  second.socket.write('three');
  await sleep(200);
  assert.deepEqual([first.heard, second.heard, first.closed], ['one ', '', false]);
  wire.restore();
  assert.equal(await hears(first, 'one two '), true);
  assert.equal(await hears(second, 'three'), true);

  wire.cut();
  const third = open();
  assert.equal(await waitUntil(() => first.closed && second.closed && third.closed, { seconds: 5 }), true);
  wire.restore();
  const fourth = open();
  fourth.socket.write('four');
  assert.equal(await hears(fourth, 'four'), true);
});

test('a balancer sends nothing to a replica that is not ready, and counts what a ready one drops', async (t) => {
  const replicas = await Promise.all(['a', 'b'].map((name) => openReplica(name)));
  const [a, b] = replicas;
  const balancer = await openBalancer(
    replicas.map(({ url }) => url),
    { everyMs: 20 },
  );
  t.after(async () => {
    await balancer.close();
    for (const { server } of replicas) server.close();
  });
  const rotation = (...wanted) =>
    waitUntil(() => replicas.every(({ url }) => balancer.isReady(url) === wanted.includes(url)), { seconds: 5 });
  const ask = async () => {
    const answer = await fetch(`${balancer.url}/echo?x=1`, { method: 'POST', body: 'hello' });
    return `${answer.status} ${await answer.text()}`;
  };
  assert.equal(await rotation(a.url, b.url), true);
  assert.deepEqual([await ask(), await ask()].sort(), ['200 a POST /echo?x=1 hello', '200 b POST /echo?x=1 hello']);

  a.ready = false;
  assert.equal(await rotation(b.url), true);
  assert.deepEqual([await ask(), await ask()], ['200 b POST /echo?x=1 hello', '200 b POST /echo?x=1 hello']);
  assert.equal(balancer.counts.failed, 0);

  b.drops = true;
  assert.match(await ask(), /^502 .*ECONNRESET/);
  assert.equal(balancer.counts.failed, 1);
});

async function openReplica(name) {
  const replica = { ready: true, drops: false };
  replica.server = createServer((incoming, outgoing) => {
    if (incoming.url === '/health/ready') return outgoing.writeHead(replica.ready ? 200 : 503).end();
    if (replica.drops) return outgoing.destroy();
    let body = '';
    incoming.on('data', (chunk) => (body += chunk));
    incoming.on('end', () => outgoing.end(`${name} ${incoming.method} ${incoming.url} ${body}`));
  });
  replica.url = `http://127.0.0.1:${await listen(replica.server)}`;
  return replica;
}

test('the table is aligned and says below it what did not hold', () => {
  const row = { recoverySeconds: 1.26, sent: 1_234, acknowledged: 1_234, stored: 1_233, lost: 1, doubled: 0 };
  const rows = [
    { fault: 'one', happened: 'a short one', ...row, findings: ['a reading is lost'], verdict: 'fails' },
    { fault: 'another', happened: 'nothing', recoverySeconds: null, findings: ['no disk'], verdict: 'not run' },
  ];
  assert.deepEqual(formatTable(rows).split('\n'), [
    'fault    what happened  back after   sent  acknowledged  stored  lost  doubled  verdict',
    '─'.repeat(87),
    'one      a short one         1.3 s  1,234         1,234   1,233     1        0  FAILS',
    'another  nothing                 –      –             –       –     –        –  not run',
    '',
    '  one: a reading is lost',
    '  another: no disk',
  ]);
});

test('the table fits the screen: what happened gets less room, then lines of its own', () => {
  const row = {
    fault: 'rolling-restart',
    happened: 'two replicas are replaced one after the other under load, behind a proxy that asks for readiness',
    recoverySeconds: 12.34,
    sent: 123_456,
    acknowledged: 123_456,
    stored: 123_456,
    lost: 0,
    doubled: 0,
    findings: ['a finding that says in many words what went wrong, which replica it was, and what was expected of it'],
    verdict: 'fails',
  };
  for (const width of [80, 100, 120, 200]) {
    const lines = formatTable([row], width).split('\n');
    assert.ok(Math.max(...lines.map((line) => line.length)) <= width, `${width}`);
    assert.match(lines.join(' ').replaceAll(/[─ ]+/g, ' '), /123,456.*FAILS/);
  }
  assert.deepEqual(formatTable([row], 80).split('\n').slice(0, 5), [
    'fault              back     sent    acked   stored  lost  twice  verdict',
    '─'.repeat(72),
    'rolling-restart  12.3 s  123,456  123,456  123,456     0      0  FAILS',
    '  two replicas are replaced one after the other under load, behind a proxy that',
    '  asks for readiness',
  ]);
});
