import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from './paths.mjs';

export { sleep };

export function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  // A zombie answers signals but is dead; without /proc nothing tells them apart.
  return !/^State:\s+Z/m.test(readProc(pid, 'status'));
}

/** Tells a process from a later one that got the same id. Empty where the system offers no cheap way. */
export function startedAt(pid) {
  const afterName = readProc(pid, 'stat').split(') ').pop();
  return afterName?.split(' ')[19] ?? '';
}

export function workingDirectory(pid) {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
}

function readProc(pid, name) {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}

export async function waitUntil(condition, { seconds, everyMs = 50 }) {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    if (await condition()) return true;
    if (performance.now() > end) return false;
    await sleep(everyMs);
  }
}

/**
 * Runs a command to its end. `output: 'capture'` collects what it prints and shows the end of it on failure. With `group`,
 * whatever it started and left behind ends with it.
 */
export function run(command, args, { output = 'inherit', onLine, accept = [0], group = false, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = output === 'inherit' ? 'inherit' : ['ignore', 'pipe', 'pipe'];
    const child = spawn(command, args, { cwd: ROOT, stdio, detached: group, ...options });
    const endGroup = () => group && killGroup(child.pid);
    options.signal?.addEventListener('abort', endGroup, { once: true });
    let text = '';
    let stdout = '';
    const collect = (chunk) => {
      text += chunk;
      if (onLine) String(chunk).split('\n').filter(Boolean).forEach(onLine);
    };
    child.stdout?.on('data', (chunk) => (stdout += chunk));
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.on('exit', endGroup);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      options.signal?.removeEventListener('abort', endGroup);
      if (accept === 'any' || accept.includes(code)) return resolve({ code, text, stdout });
      const failure = `${[command, ...args].join(' ')} ended with ${signal ?? `exit code ${code}`}`;
      reject(new Error(`${failure}\n${shorten(text)}`.trim()));
    });
  });
}

function killGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // nobody is left in it
  }
}

/** Programs differ in where they say what went wrong: first or last. */
function shorten(text) {
  const lines = text.trim().split('\n');
  return (lines.length > 60 ? [...lines.slice(0, 25), '…', ...lines.slice(-35)] : lines).join('\n');
}

/** Ends a child: asks, waits, then insists. */
export async function endProcess(pid, { signal = 'SIGTERM', seconds }) {
  const send = (name) => {
    try {
      process.kill(pid, name);
    } catch {
      // already gone
    }
  };
  send(signal);
  if (await waitUntil(() => !isAlive(pid), { seconds })) return true;
  send('SIGKILL');
  await waitUntil(() => !isAlive(pid), { seconds: 5 });
  return false;
}

export function portIsFree(port, host = '127.0.0.1') {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen({ port: 0, host: '127.0.0.1' }, () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** The script behind a package's command, without `.bin`, which looks different on every system. */
export function packageCommand(workspace, name, command = name) {
  for (const base of [join(ROOT, workspace), ROOT]) {
    const folder = join(base, 'node_modules', name);
    if (!existsSync(join(folder, 'package.json'))) continue;
    const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const script = typeof bin === 'string' ? bin : bin?.[command];
    if (script) return join(folder, script);
  }
  throw new Error(`${name} is not installed: run "npm ci"`);
}
