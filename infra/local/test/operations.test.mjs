import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { withClient } from '../../backup/postgres-client.mjs';
import { ensureBackend } from '../build.mjs';
import { backendCommand } from '../demo.mjs';
import { ROOT } from '../paths.mjs';
import { openTemporaryDatabase } from '../postgres.mjs';

const text = readFileSync(join(ROOT, 'docs/operations.md'), 'utf8');
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const VALUES = { patient: '00000000-0000-4000-8000-000000000000', email: 'somebody@example.org' };

let server;
let databaseUrl;
before(async () => {
  await ensureBackend();
  server = await openTemporaryDatabase();
  databaseUrl = await server.create('operations');
  const env = { ...process.env, SECRET_KEY: 'a key of thirty-two bytes or more for tests', DATABASE_URL: databaseUrl };
  await backendCommand(['migrate'], { env });
});
after(() => server?.stop());

test('every statement in the runbooks runs on the schema as it is', async () => {
  const blocks = [...text.matchAll(/```sql\n([\s\S]*?)```/g)].map(([, sql]) => sql);
  assert.ok(blocks.length > 5);
  await withClient(databaseUrl, async (client) => {
    for (const block of blocks) {
      await client.query('BEGIN');
      await client.query(block.replaceAll(/:'(\w+)'/g, (_, name) => `'${VALUES[name]}'`));
      await client.query('ROLLBACK');
    }
  });
});

test('every command and file that the runbooks name exists', () => {
  for (const [, script] of text.matchAll(/npm run (?:--silent )?([\w-]+)/g))
    assert.ok(scripts[script], `npm run ${script}`);
  for (const [, file] of text.matchAll(/node (infra\/[\w./-]+\.mjs)/g)) assert.ok(existsSync(join(ROOT, file)), file);
  const commands = readFileSync(join(ROOT, 'backend/src/commands/index.ts'), 'utf8');
  for (const [, command] of text.matchAll(/`(?:npm run --silent cli -- |cli )([\w-]+)/g))
    assert.match(commands, new RegExp(`\\b'?${command}'?:`));
});
