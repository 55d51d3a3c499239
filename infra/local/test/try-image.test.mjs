import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fillIn, readComposeFile, runArguments, startOrder } from '../../docker/trial/compose-file.mjs';
import {
  developmentFindings,
  privilegeFindings,
  processFindings,
  writingFindings,
} from '../../docker/trial/containers.mjs';
import { ROOT } from '../paths.mjs';

const { services } = readComposeFile({ WEB_PORT: '4000' });

test('variables of a compose file are filled in, and a missing one is told', () => {
  assert.equal(fillIn('${A:-b}:${C}', { C: 'd' }), 'b:d');
  assert.throws(() => fillIn('${A:?of letters}', {}), /A is not set: of letters/);
  assert.deepEqual(services.frontend.ports, ['127.0.0.1:4000:3000']);
});

test('every service starts after all that it waits for; a circle is an error', () => {
  const order = startOrder(services);
  for (const [name, { depends_on: before = {} }] of Object.entries(services))
    for (const one of Object.keys(before)) assert.ok(order.indexOf(one) < order.indexOf(name), `${one}, ${name}`);
  assert.throws(() => startOrder({ a: { depends_on: { b: {} } }, b: { depends_on: { a: {} } } }), /waits for/);
});

test('podman is told everything that the compose file says of a service', () => {
  for (const [name, service] of Object.entries(services)) runArguments(name, service, { project: 'p' });
  const api = runArguments('api', services.api, { project: 'p' });
  for (const option of ['--read-only', '--init', '--cap-drop=ALL', '--network=p_data', '--env=PROCESS_ROLE=api'])
    assert.ok(api.includes(option), option);
  assert.throws(() => runArguments('api', { ...services.api, privileged: true }, { project: 'p' }), /privileged/);
});

test('a container that may do more than it should is found out', () => {
  const good = {
    packages: ['node_modules/pg'],
    processes: [
      { pid: 1, command: ['/run/podman-init', '--', 'node'], user: 1000, capabilities: 0, locked: true },
      { pid: 2, command: ['node', 'dist/main.js'], user: 1000, capabilities: 0, locked: true },
    ],
    writes: { '/x': 'EROFS', '/tmp/x': 'written' },
  };
  const all = [developmentFindings, privilegeFindings, processFindings, writingFindings];
  const findingsOf = (inside) => all.flatMap((look) => look('api', { ...good, ...inside })).length;
  const [init, main] = good.processes;
  assert.equal(findingsOf({}), 0);
  assert.equal(findingsOf({ packages: ['node_modules/pg', 'node_modules/jest'] }), 1);
  assert.equal(findingsOf({ processes: [init, { ...main, user: 0 }] }), 1);
  assert.equal(findingsOf({ processes: [init, { ...main, capabilities: 1 }] }), 1);
  assert.equal(findingsOf({ processes: [{ ...main, pid: 1 }] }), 0);
  assert.equal(findingsOf({ processes: [{ ...init, command: ['npm', 'start'] }, main] }), 1);
  assert.equal(findingsOf({ processes: [init, main, { ...main, pid: 3, command: ['sh', '-c', 'x'] }] }), 1);
  assert.equal(findingsOf({ writes: { '/x': 'written', '/tmp/x': 'EACCES' } }), 2);
});

test('where nothing can run containers it says so, and fails only where that was asked for', () => {
  const programs = mkdtempSync(join(tmpdir(), 'glucolens-none-'));
  symlinkSync('/usr/bin/env', join(programs, 'env'));
  const attempt = (...flags) =>
    spawnSync(process.execPath, [join(ROOT, 'infra/docker/try-image.mjs'), ...flags], {
      env: { PATH: programs },
      encoding: 'utf8',
    });
  const plain = attempt();
  assert.equal(plain.status, 0, plain.stderr);
  assert.match(plain.stdout, /^NOT RUN: images and compose stack, since there is neither/);
  assert.equal(attempt('--required').status, 1);
  rmSync(programs, { recursive: true });
});
