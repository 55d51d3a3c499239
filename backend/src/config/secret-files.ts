import { readFileSync } from 'node:fs';
import { EnvironmentError } from './environment.js';

/** Secrets that `NAME_FILE` may name a file for, as containers mount them: not in the environment, not in `docker inspect`. */
const SECRETS = [
  'SECRET_KEY',
  'DATABASE_URL',
  'DATABASE_DIRECT_URL',
  'REDIS_URL',
  'FIRST_ADMIN_PASSWORD',
  'ERROR_WEBHOOK_URL',
  'HEARTBEAT_URL',
  'SMTP_URL',
  'VAPID_PRIVATE_KEY',
] as const;

type Variables = Readonly<Record<string, string | undefined>>;

/** The environment with the contents of secret files under the names of their variables. Throws where one is unreadable. */
export function withSecretFiles(variables: Variables): Variables {
  const read: Record<string, string> = {};
  for (const name of SECRETS) {
    const path = variables[`${name}_FILE`];
    if (!path) continue;
    if (variables[name]) throw new EnvironmentError(`${name} and ${name}_FILE are both set`);
    try {
      read[name] = readFileSync(path, 'utf8').trim();
    } catch {
      throw new EnvironmentError(`${name}_FILE names a file that cannot be read`);
    }
    if (read[name] === '') throw new EnvironmentError(`${name}_FILE names an empty file`);
  }
  return { ...variables, ...read };
}
