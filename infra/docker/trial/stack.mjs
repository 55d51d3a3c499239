import { join } from 'node:path';
import { ROOT } from '../../local/paths.mjs';
import { waitUntil } from '../../local/processes.mjs';
import { containerName, readComposeFile, runArguments, startOrder } from './compose-file.mjs';

const HEALTHY_SECONDS = 240;

/**
 * The stack of docker-compose.yml under a name of its own: by `docker compose` where there is Docker, else every service
 * by `podman run` in the order that the file asks for. `up` may be called again, and finds the volumes as they were.
 */
export function openStack({ engine, project, env, tell }) {
  return engine.name === 'docker' ? byCompose({ engine, project, env }) : byPodman({ engine, project, env, tell });
}

function byCompose({ engine, project, env }) {
  const compose = (args) =>
    engine.call(['compose', '--file', join(ROOT, 'docker-compose.yml'), '--project-name', project, ...args], {
      env: { ...process.env, ...env },
    });
  return {
    container: (name) => containerName(project, name),
    up: () => compose(['up', '--detach', '--no-build', '--wait', '--wait-timeout', String(HEALTHY_SECONDS)]),
    remove: () => compose(['rm', '--force', '--stop']),
    down: () => compose(['down', '--volumes', '--timeout', '60']),
  };
}

function byPodman({ engine, project, env, tell }) {
  const { services, networks, volumes } = readComposeFile(env);
  const container = (name) => containerName(project, name);
  const ignoring = (args) => engine.call(args, { accept: 'any' });

  async function waitFor(name, condition) {
    if (condition === 'service_completed_successfully') {
      const { stdout } = await engine.call(['wait', container(name)]);
      if (stdout.trim() !== '0')
        throw new Error(`${name} ended with ${stdout.trim()}\n${await engine.logs(container(name))}`);
      return;
    }
    const healthy = () => engine.isHealthy(container(name));
    if (!(await waitUntil(healthy, { seconds: HEALTHY_SECONDS, everyMs: 1_000 })))
      throw new Error(`${name} is not healthy after ${HEALTHY_SECONDS} s\n${await engine.logs(container(name))}`);
  }

  async function up() {
    for (const [name, options] of Object.entries(networks))
      await ignoring(['network', 'create', ...(options?.internal ? ['--internal'] : []), `${project}_${name}`]);
    for (const name of startOrder(services)) {
      for (const [before, { condition }] of Object.entries(services[name].depends_on ?? {}))
        await waitFor(before, condition);
      tell(`starting ${name}`);
      const args = runArguments(name, services[name], { project });
      await engine.call(['run', '--detach', '--pull=never', ...engine.runOptions, ...args]);
    }
    for (const [name, { restart }] of Object.entries(services))
      await waitFor(name, restart === 'no' ? 'service_completed_successfully' : 'service_healthy');
  }

  const remove = () => ignoring(['rm', '--force', '--time=60', ...Object.keys(services).map(container)]);

  return {
    container,
    up,
    remove,
    async down() {
      await remove();
      for (const name of Object.keys(volumes)) await ignoring(['volume', 'rm', '--force', `${project}_${name}`]);
      for (const name of Object.keys(networks)) await ignoring(['network', 'rm', '--force', `${project}_${name}`]);
    },
  };
}
