import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { smokeBackend } from '../../ci/smoke.mjs';
import { ensureBackend } from '../build.mjs';
import { openTemporaryDatabase } from '../postgres.mjs';

const REVISION = 'c'.repeat(40);
let database;
before(async () => {
  await ensureBackend();
  database = await openTemporaryDatabase();
});
after(() => database?.stop());

test('a backend that migrates, becomes ready, is the commit and leaves in order passes', async () => {
  const steps = [];
  const databaseUrl = await database.create('smoke');
  await smokeBackend({ databaseUrl, revision: REVISION, say: (step) => steps.push(step) });
  assert.deepEqual(steps.slice(0, 4), ['migrated', 'ready', `revision ${REVISION}`, 'an unknown login is refused']);
  assert.match(steps[4], /^SIGTERM: exit 0/);
});

test('one that cannot reach its database does not pass', async () => {
  await assert.rejects(smokeBackend({ databaseUrl: 'postgresql://nobody:x@127.0.0.1:9/none', revision: REVISION }));
});
