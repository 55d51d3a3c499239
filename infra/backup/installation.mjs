import { resolve } from 'node:path';
import { ROOT } from '../local/paths.mjs';

/** The database that the environment names, past a pooler; else the one that `npm start` keeps under DATA_DIR. */
export async function openInstallation(env = process.env) {
  const databaseUrl = env.DATABASE_DIRECT_URL || env.DATABASE_URL;
  if (databaseUrl) return { databaseUrl, dataDirectory: resolve(ROOT, env.DATA_DIR || '.data'), close: async () => {} };
  const { openDatabase } = await import('../local/postgres.mjs');
  const { dataDirectory } = await import('../local/paths.mjs');
  const folder = dataDirectory(env);
  const database = await openDatabase(folder);
  return { databaseUrl: database.url, dataDirectory: folder, close: () => database.release() };
}
