import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBackend } from '../../local/build.mjs';
import { backendCommand } from '../../local/demo.mjs';
import { ensureInstalled } from '../../local/install.mjs';
import { exclusively } from '../../local/lock.mjs';
import { ROOT } from '../../local/paths.mjs';
import { backendEnvironment, startBackend } from './backend.mjs';
import { openDatabaseServer, queryOnce } from './database-server.mjs';

const PEOPLE = 8;
const TEMPLATE = 'drill_template';

/**
 * What every fault starts from, made once: the built backend, a PostgreSQL, and a migrated database with some people in
 * it, of which each fault gets a copy.
 */
export async function prepareGround(tell) {
  await exclusively(
    join(ROOT, '.cache', 'build.lock'),
    async () => {
      await ensureInstalled({ to: tell });
      await ensureBackend({ to: tell });
    },
    { seconds: 900 },
  );
  const folder = mkdtempSync(join(tmpdir(), 'glucolens-drill-'));
  const server = await openDatabaseServer();
  const close = async () => {
    server.resume();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const secretKey = randomBytes(32).toString('hex');
    const templateUrl = await server.create(TEMPLATE);
    const people = await populate({ DATABASE_URL: templateUrl, SECRET_KEY: secretKey }, join(folder, 'template'));
    return {
      folder,
      server,
      secretKey,
      people,
      close,
      async copyDatabase(name, more = '') {
        await queryOnce(server.url, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} ${more}`);
        return Object.assign(new URL(server.url), { pathname: `/${name}` }).href;
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Migrates a database and registers people there, each with an own patient record, like anybody else would. */
async function populate(settings, folder) {
  await backendCommand(['migrate'], { env: backendEnvironment({ ...settings, DATA_DIR: folder }) });
  const api = await startBackend({ role: 'api', folder, settings });
  try {
    await api.whenReady();
    return await Promise.all(Array.from({ length: PEOPLE }, () => register(api.url)));
  } finally {
    await api.stop();
  }
}

async function register(url) {
  const account = { email: `${randomUUID()}@drill.example.org`, password: 'a password for drills' };
  const post = (path) => answerOf(`${url}/api/v1/auth/${path}`, { method: 'POST', body: JSON.stringify(account) });
  await post('register');
  const { accessToken: token } = await post('login');
  const { patientId } = await answerOf(`${url}/api/v1/auth/me`, { headers: { authorization: `Bearer ${token}` } });
  return { patientId, token };
}

async function answerOf(url, { headers = {}, ...init } = {}) {
  const answer = await fetch(url, { ...init, headers: { 'content-type': 'application/json', ...headers } });
  if (!answer.ok) throw new Error(`${new URL(url).pathname} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}
