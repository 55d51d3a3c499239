import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from '../../local/paths.mjs';

/** The demo's compose file with its variables filled in from `env`. */
export function readComposeFile(env) {
  const text = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8');
  return parse(fillIn(text, env), { merge: true });
}

/** `${NAME:-default}` and `${NAME:?what is missing}`, as compose reads them. */
export const fillIn = (text, env) =>
  text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name, kind, rest) => {
    if (env[name]) return env[name];
    if (kind === '?') throw new Error(`${name} is not set: ${rest}`);
    return rest ?? '';
  });

/** Services in an order in which each comes after all that it waits for. */
export function startOrder(services) {
  const order = [];
  const visit = (name, path) => {
    if (path.includes(name)) throw new Error(`${[...path, name].join(' waits for ')}`);
    if (order.includes(name)) return;
    for (const before of Object.keys(services[name].depends_on ?? {})) visit(before, [...path, name]);
    order.push(name);
  };
  for (const name of Object.keys(services)) visit(name, []);
  return order;
}

const list = (value) => (value === undefined ? [] : [value].flat());
const each = (option, values) => list(values).map((value) => `--${option}=${value}`);

/** What each key of a service becomes for `podman run`; a key that is not here is an error, so none is left out unseen. */
const OPTIONS = {
  user: (value) => [`--user=${value}`],
  init: (value) => (value ? ['--init'] : []),
  read_only: (value) => (value ? ['--read-only'] : []),
  cap_drop: (value) => each('cap-drop', value),
  cap_add: (value) => each('cap-add', value),
  security_opt: (value) =>
    each(
      'security-opt',
      value.map((option) => option.replace(/:true$/, '')),
    ),
  // podman gives a memory folder to nobody in particular; everybody may write into it instead.
  tmpfs: (value) =>
    each(
      'tmpfs',
      list(value).map((one) => one.replace(/uid=\d+,gid=\d+/, 'mode=1777')),
    ),
  shm_size: (value) => [`--shm-size=${value}`],
  stop_signal: (value) => [`--stop-signal=${value}`],
  stop_grace_period: (value) => [`--stop-timeout=${parseInt(value, 10)}`],
  network_mode: (value) => [`--network=${value}`],
  networks: (value, { project, name }) => [
    ...each(
      'network',
      value.map((one) => `${project}_${one}`),
    ),
    `--network-alias=${name}`,
  ],
  volumes: (value, { project }) =>
    each(
      'volume',
      value.map((one) => `${project}_${one}`),
    ),
  ports: (value) => each('publish', value),
  environment: (value) => Object.entries(value).map(([key, text]) => `--env=${key}=${text}`),
  healthcheck: (value) => healthOptions(value),
  // Said elsewhere, or of no use in a trial.
  ...Object.fromEntries(
    ['image', 'build', 'command', 'depends_on', 'restart', 'logging'].map((key) => [key, () => []]),
  ),
};

/** podman wants an array without Docker's `CMD` before it. */
function healthOptions({ disable, test, interval, timeout, retries, start_period: startPeriod }) {
  if (disable) return ['--no-healthcheck'];
  const [, ...command] = test;
  return [
    `--health-cmd=${JSON.stringify(command)}`,
    `--health-interval=${interval}`,
    `--health-timeout=${timeout}`,
    `--health-retries=${retries}`,
    ...(startPeriod ? [`--health-start-period=${startPeriod}`] : []),
  ];
}

/** The arguments of `podman run` that start a service as the compose file says. */
export function runArguments(name, service, { project }) {
  const options = Object.entries(service).flatMap(([key, value]) => {
    if (!OPTIONS[key]) throw new Error(`${name}: the trial does not know what ${key} means`);
    return OPTIONS[key](value, { project, name });
  });
  return [`--name=${containerName(project, name)}`, ...options, service.image, ...list(service.command)];
}

/** The name that compose gives as well. */
export const containerName = (project, service) => `${project}-${service}-1`;
