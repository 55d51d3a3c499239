import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../paths.mjs';

test('the task definition in the notes on ECS is JSON and as restricted as the pods', () => {
  const text = readFileSync(join(ROOT, 'infra/ecs/README.md'), 'utf8');
  const task = JSON.parse(/```json\n([\s\S]*?)```/.exec(text)[1]);
  const [container] = task.containerDefinitions;
  assert.equal(container.user, '1000:1000');
  assert.equal(container.readonlyRootFilesystem, true);
  assert.deepEqual(container.linuxParameters.capabilities.drop, ['ALL']);
  assert.ok(container.mountPoints.some(({ containerPath }) => containerPath === '/tmp'));
  const plain = container.environment.map(({ name }) => name);
  assert.deepEqual(
    container.secrets.map(({ name }) => name).filter((name) => plain.includes(name)),
    [],
  );
  const environment = readFileSync(join(ROOT, 'backend/src/config/environment.ts'), 'utf8');
  for (const { name } of [...container.environment, ...container.secrets])
    assert.match(environment, new RegExp(`^    ${name}:`, 'm'));
});
