import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { ROOT } from './paths.mjs';
import { endProcess, isAlive, sleep, startedAt, waitUntil } from './processes.mjs';

const WITH_PARENT = new URL('./with-parent.mjs', import.meta.url).href;
const LOG_LIMIT_BYTES = 10 * 1024 * 1024;

/** Starts a long-running Node process whose output goes to a file. It leaves when this process does. */
export function startService({ name, script, env, log, stopSeconds, cwd = ROOT }) {
  mkdirSync(dirname(log), { recursive: true, mode: 0o700 });
  if (existsSync(log) && statSync(log).size > LOG_LIMIT_BYTES) renameSync(log, `${log}.1`);
  const offset = existsSync(log) ? statSync(log).size : 0;
  const output = openSync(log, 'a', 0o600);
  // Its own process group: Ctrl-C reaches the launcher alone, which ends the services in order.
  const child = spawn(process.execPath, ['--import', WITH_PARENT, script], {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', output, output, 'ipc'],
  });
  closeSync(output);
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  const service = {
    name,
    child,
    ended,
    running: true,
    record: { name, pid: child.pid, startedAt: startedAt(child.pid) },
    lastLines: () => readFileSync(log).subarray(offset).toString().trim().split('\n').slice(-15).join('\n'),
    async stop() {
      if (service.running) await endProcess(child.pid, { seconds: stopSeconds });
    },
  };
  ended.then(() => (service.running = false));
  return service;
}

/** Waits until an address answers 200, or fails as soon as the service behind it has ended. */
export async function waitForAnswer(service, url, { seconds, signal }) {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    signal?.throwIfAborted();
    if (!service.running) throw new Error(`${service.name} ended with ${await service.ended}:\n${service.lastLines()}`);
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    if (performance.now() > end) {
      const last = answer ? `answered ${answer.status}` : 'did not answer';
      throw new Error(`${service.name} was not ready after ${seconds} s (${url} ${last}):\n${service.lastLines()}`);
    }
    await sleep(100);
  }
}

/** Services of a killed launcher leave by themselves; one that cannot is ended here. */
export async function endLeftovers(records) {
  for (const { pid, startedAt: birth } of records) {
    const lives = () => isAlive(pid) && startedAt(pid) === birth;
    if (lives() && !(await waitUntil(() => !lives(), { seconds: 5 }))) await endProcess(pid, { seconds: 5 });
  }
}
