import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { best, compare, measuresOf } from '../../ci/bench-compare.mjs';
import { messageFor, send } from '../../ci/notify.mjs';
import { verifyOrRollBack } from '../../ci/verify-deployment.mjs';
import { ROOT } from '../paths.mjs';

const REVISION = 'c'.repeat(40);
const OLDER = 'b'.repeat(40);
const asked = [];
const answers = {};
let server;
let site;

before(async () => {
  server = createServer((request, response) => {
    const parts = [];
    request.on('data', (chunk) => parts.push(chunk));
    request.on('end', () => {
      asked.push({
        method: request.method,
        url: request.url,
        key: request.headers.authorization,
        body: Buffer.concat(parts).toString(),
      });
      const { status = 200, headers = {}, body = {} } = answers[`${request.method} ${request.url}`] ?? { status: 404 };
      // A connection that was kept would be closed under the next test.
      response
        .writeHead(status, { 'content-type': 'application/json', connection: 'close', ...headers })
        .end(JSON.stringify(body));
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  site = `http://127.0.0.1:${server.address().port}`;
});
after(() => server.close());

const said = [];
const verify = (env, check = async () => {}) => {
  said.length = 0;
  asked.length = 0;
  return verifyOrRollBack({
    env,
    say: (text) => said.push(text),
    verify: check,
    api: `${site}/v1`,
    seconds: 0.2,
    everyMs: 50,
  });
};
const deployed = () => ({
  DEPLOYED_URL: site,
  EXPECTED_REVISION: REVISION,
  RENDER_API_KEY: 'key',
  RENDER_SERVICE_IDS: 'srv-api, srv-web',
});
const deploys = [
  { deploy: { id: 'dep-3', status: 'live', commit: { id: REVISION } } },
  { deploy: { id: 'dep-2', status: 'build_failed', commit: { id: 'd'.repeat(40) } } },
  { deploy: { id: 'dep-1', status: 'deactivated', commit: { id: OLDER } } },
];

test('a deployment that is the commit and passes its checks is left alone', async () => {
  answers['GET /health'] = { headers: { 'x-revision': REVISION } };
  assert.equal(await verify(deployed()), 0);
  assert.deepEqual(
    asked.map(({ method }) => method),
    ['GET'],
  );
});

test('the address of the web will do: it says what its API is', async () => {
  answers['GET /health'] = { status: 404 };
  answers['GET /api/health'] = { headers: { 'x-revision': REVISION } };
  assert.equal(await verify(deployed()), 0);
  delete answers['GET /api/health'];
});

test('a deployment that never becomes the commit, or fails its checks, goes back to the last good one', async () => {
  for (const service of ['srv-api', 'srv-web']) {
    answers[`GET /v1/services/${service}/deploys?limit=20`] = { body: deploys };
    answers[`POST /v1/services/${service}/rollback`] = { status: 201, body: {} };
  }
  answers['GET /health'] = { headers: { 'x-revision': OLDER } };
  assert.equal(await verify(deployed()), 1);
  const posts = asked.filter(({ method }) => method === 'POST');
  assert.deepEqual(
    posts.map(({ url }) => url),
    ['/v1/services/srv-api/rollback', '/v1/services/srv-web/rollback'],
  );
  assert.deepEqual(
    posts.map(({ body, key }) => [JSON.parse(body).deployId, key]),
    Array(2).fill(['dep-1', 'Bearer key']),
  );

  answers['GET /health'] = { headers: { 'x-revision': REVISION } };
  assert.equal(await verify(deployed(), async () => Promise.reject(new Error('sign-in is broken'))), 1);
  assert.match(said.join('\n'), /sign-in is broken[\s\S]*srv-web goes back/);
});

test('one service that cannot go back is named and does not keep the other from it', async () => {
  answers['GET /v1/services/srv-api/deploys?limit=20'] = { status: 500 };
  answers['GET /health'] = { status: 503 };
  assert.equal(await verify(deployed()), 1);
  assert.match(said.join('\n'), /NOT ROLLED BACK: srv-api Render answered 500[\s\S]*rollback: srv-web/);
});

test('without a key nothing is asked and the reason is printed', async () => {
  assert.equal(await verify({ EXPECTED_REVISION: REVISION, DEPLOYED_URL: site }), 0);
  assert.deepEqual(said, ['Not verified: the secret RENDER_API_KEY is not set.']);
  assert.deepEqual(asked, []);
});

const row = (more) => JSON.stringify({ bench: 'ingest', what: 'import', ...more });

test('a benchmark fails when it is more than a fifth worse, in either direction of better', () => {
  const base = measuresOf([
    row({ ratio: 0.6, rowsPerSecond: 9 }),
    row({ what: 'page', p50Ms: 10, p99Ms: 30 }),
    row({ what: 'bare SELECT', p50Ms: 1 }),
  ]);
  assert.deepEqual([...base.keys()], ['ingest / import / ratio', 'ingest / page / p50Ms']);
  const judge = (ratio, p50Ms) =>
    compare(base, measuresOf([row({ ratio }), row({ what: 'page', p50Ms })])).map(({ ok }) => ok);
  assert.deepEqual(judge(0.51, 11.9), [true, true]);
  assert.deepEqual(judge(0.49, 12.1), [false, false]);
  assert.deepEqual(
    compare(base, measuresOf([row({ ratio: 0.6 })])).map(({ ok }) => ok),
    [true, false],
  );
});

test('the better of two rounds counts', () => {
  const rounds = [12, 9].map((p50Ms) => measuresOf([row({ p50Ms })]));
  assert.equal(best(rounds).get('ingest / import / p50Ms').value, 9);
});

test('two folders are benched in turn and a slower one fails', () => {
  const folder = mkdtempSync(join(tmpdir(), 'glucolens-bench-compare-'));
  const place = (name, p50Ms) => {
    const path = mkdtempSync(join(folder, name));
    const print = `console.log(JSON.stringify({ bench: process.argv[2], what: 'page', p50Ms: ${p50Ms} }))`;
    writeFileSync(join(path, 'bench.cjs'), print);
    writeFileSync(join(path, 'package.json'), JSON.stringify({ scripts: { bench: 'node bench.cjs' } }));
    return path;
  };
  const [base, same, slow] = [place('base', 10), place('same', 10.5), place('slow', 13)];
  const bench = (head) =>
    spawnSync(process.execPath, ['infra/ci/bench-compare.mjs', '--base', base, '--head', head, 'read'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
  assert.equal(bench(same).status, 0);
  const { status, stdout } = bench(slow);
  assert.equal(status, 1);
  assert.match(stdout, /FAILED read \/ page \/ p50Ms: 10\.00 → 13\.00 \(worse by 30\.0 %\)/);
  rmSync(folder, { recursive: true, force: true });
});

const finished = (more) => ({
  workflow_run: {
    name: 'ci',
    conclusion: 'failure',
    head_branch: 'main',
    event: 'push',
    head_sha: REVISION,
    html_url: 'https://example.org/run/1',
    display_title: '$(touch owned)',
    ...more,
  },
});

test('a failure on main is told, without anything that a contributor wrote; the rest is not', async () => {
  const message = messageFor(finished());
  assert.equal(message, `GlucoLens: ci ended with failure on main (ccccccc): https://example.org/run/1`);
  for (const silent of [{ conclusion: 'success' }, { head_branch: 'feature' }, { event: 'pull_request' }])
    assert.equal(messageFor(finished(silent)), null);
  answers['POST /hook'] = { status: 200 };
  asked.length = 0;
  await send(`${site}/hook`, message);
  assert.deepEqual(JSON.parse(asked[0].body), { text: message, content: message });
  await assert.rejects(send(`${site}/gone`, message), /answered 404/);
});
