import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../local/paths.mjs';

/** The services that are ours and stay; in the order in which they are told to leave. */
export const OURS = ['frontend', 'api', 'worker', 'scheduler'];

const SCRIPT = readFileSync(join(ROOT, 'infra/docker/trial/inside.mjs'), 'utf8');
const INITS = /(^|\/)(docker-init|catatonit|tini|run\/podman-init)$/;

const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));

/** What can be seen from inside the container of a service. */
export async function lookInside(engine, container) {
  const { stdout } = await engine.exec(container, ['node', '--input-type=module', '-e', SCRIPT]);
  return JSON.parse(stdout);
}

export function privilegeFindings(name, { processes }) {
  return processes.flatMap(({ command, user, capabilities, locked }) => [
    ...(user === 1000 ? [] : [`${name}: ${command[0]} runs as user ${user}`]),
    ...(capabilities === 0 ? [] : [`${name}: ${command[0]} has capabilities`]),
    ...(locked ? [] : [`${name}: ${command[0]} may gain privileges`]),
  ]);
}

export function writingFindings(name, { writes }) {
  const { '/tmp/x': temporary, ...rest } = writes;
  const open = Object.entries(rest).filter(([, outcome]) => outcome !== 'EROFS');
  return [
    ...open.map(([path, outcome]) => `${name}: ${path} is ${outcome}, not on a read-only root`),
    ...(temporary === 'written' ? [] : [`${name}: /tmp cannot be written (${temporary})`]),
  ];
}

/** Signals reach process 1: it must be node itself or an init that has node as its child, and no shell anywhere. */
export function processFindings(name, { processes }) {
  const first = processes.find(({ pid }) => pid === 1)?.command ?? [];
  const others = processes.filter(({ pid }) => pid !== 1);
  const isNode = ({ command }) => /^(node|next-server.*)$/.test(command[0]);
  const good = /^node$/.test(first[0]) || (INITS.test(first[0] ?? '') && others.some(isNode));
  const strangers = others.filter((one) => !isNode(one));
  return [
    ...(good ? [] : [`${name}: process 1 is ${first.join(' ')}`]),
    ...strangers.map(({ command }) => `${name}: ${command.join(' ')} runs as well`),
  ];
}

export function developmentFindings(name, { packages }) {
  if (packages.length === 0) return [`${name}: no package was found`];
  return packages.filter((path) => lock.packages[path]?.dev).map((path) => `${name}: ${path} is for development only`);
}

/** Sends SIGTERM, as `stop` does, and judges how it left. `seconds` is what the compose file gives it. */
export async function stopFindings(engine, name, container, seconds) {
  const begun = performance.now();
  await engine.call(['stop', `--time=${seconds}`, container]);
  const took = (performance.now() - begun) / 1000;
  const { State: state } = await engine.inspect('container', container);
  return {
    took,
    findings: [
      ...(state.ExitCode === 0 ? [] : [`${name} ended with ${state.ExitCode}`]),
      ...(took < seconds ? [] : [`${name} was killed after ${took.toFixed(0)} s`]),
    ],
  };
}
