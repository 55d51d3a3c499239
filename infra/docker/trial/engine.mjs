import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { run } from '../../local/processes.mjs';

const answers = (program, ...args) => spawnSync(program, args, { encoding: 'utf8' }).status === 0;

/** What can run containers here, Docker before podman; else `{ missing }`, the reason in words. */
export function findEngine(wanted) {
  if (wanted !== 'podman' && answers('docker', 'info') && answers('docker', 'compose', 'version')) return docker();
  if (wanted === 'docker') return { missing: 'docker has no daemon or no compose here' };
  if (!answers('podman', '--version') || !answers('buildah', '--version'))
    return { missing: 'there is neither a Docker daemon with compose nor podman with buildah' };
  if (!answers('podman', ...machineOptions(), 'info')) return { missing: 'podman is installed but does not work here' };
  return podman();
}

/** Both programs understand the same words for everything but building and compose. */
function commands(program, options) {
  const call = (args, more = {}) => run(program, [...options, ...args], { output: 'capture', ...more });
  const succeeds = async (args) => (await call(args, { accept: 'any' })).code === 0;
  return {
    call,
    succeeds,
    hasImage: (image) => succeeds(['image', 'inspect', image]),
    exec: (container, command) => call(['exec', container, ...command]),
    async inspect(kind, name) {
      return JSON.parse((await call([kind, 'inspect', name])).stdout)[0];
    },
    async logs(container) {
      return (await call(['logs', '--tail', '40', container], { accept: 'any' })).text;
    },
  };
}

function docker() {
  const common = commands('docker', []);
  return {
    ...common,
    name: 'docker',
    version: versionOf('docker'),
    async build({ file, context, tag, settings = {}, more = [] }) {
      await common.call(['build', '--file', file, '--tag', tag, ...buildArguments(settings), ...more, context]);
    },
    importImage: (archive, tag) => common.call(['import', archive, tag]),
    isHealthy: async (container) => (await common.inspect('container', container)).State.Health?.Status === 'healthy',
  };
}

function podman() {
  const options = machineOptions();
  const common = commands('podman', options);
  return {
    ...common,
    name: 'podman',
    version: `${versionOf('podman')}, ${versionOf('buildah')}`,
    /**
     * Docker's format, since the other one knows no HEALTHCHECK; a chroot needs no rights over cgroups; and no layers of
     * an earlier build, since buildah takes those even where the commit is another one.
     */
    async build({ file, context, tag, settings = {}, more = [] }) {
      const how = ['--isolation=chroot', '--format=docker', '--pull-never'];
      const what = ['--file', file, '--tag', tag, ...buildArguments(settings), ...more, context];
      await run('buildah', ['build', ...how, ...what], { output: 'capture' });
    },
    importImage: (archive, tag) => common.call(['import', archive, tag]),
    /** Nobody asks by itself where there is no systemd, so every call asks. */
    isHealthy: (container) => common.succeeds(['healthcheck', 'run', container]),
    runOptions: [`--ulimit=nofile=${openFiles()}`, '--ulimit=nproc=4096:4096'],
  };
}

const versionOf = (program) => spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout.trim();
const buildArguments = (settings) => Object.entries(settings).map(([name, value]) => `--build-arg=${name}=${value}`);

/** podman supposes systemd and one hierarchy of cgroups; a small virtual machine may have neither. */
function machineOptions() {
  const options = existsSync('/run/systemd/system') ? [] : ['--cgroup-manager=cgroupfs', '--events-backend=file'];
  return existsSync('/sys/fs/cgroup/unified') && answers('runc', '--version')
    ? [...options, '--runtime=runc']
    : options;
}

/** Not more than this process may hand on. */
function openFiles() {
  const [, hard] = /^Max open files\s+\d+\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
  return `${hard ?? 4096}:${hard ?? 4096}`;
}
