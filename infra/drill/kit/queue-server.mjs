import { openTemporaryRedis } from '../../local/redis.mjs';
import { openTcpProxy } from './tcp-proxy.mjs';

/**
 * A queue that can be taken down: a Redis that forgets everything when it goes, where one is installed; else PostgreSQL
 * behind a wire of the queue's own.
 */
export async function openQueueServer(scene) {
  const first = await openTemporaryRedis();
  return first ? redisQueue(scene, first) : postgresQueue(scene);
}

function redisQueue(scene, first) {
  let server = first;
  scene.onClose(() => server?.stop());
  return {
    name: server.program,
    settings: { REDIS_URL: server.url },
    async takeDown() {
      await server.stop({ signal: 'SIGKILL' });
      server = null;
    },
    async bringBack() {
      server = await openTemporaryRedis({ port: first.port });
    },
  };
}

async function postgresQueue(scene) {
  const wire = await openTcpProxy(scene.server.port);
  scene.onClose(() => wire.close());
  const url = Object.assign(new URL(scene.databaseUrl), { port: String(wire.port) }).href;
  return {
    name: 'PostgreSQL queue',
    settings: { DATABASE_DIRECT_URL: url },
    takeDown: async () => wire.cut(),
    bringBack: async () => wire.restore(),
  };
}
