import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../local/paths.mjs';

const source = (path) => readFileSync(join(ROOT, path), 'utf8');
const names = (text, pattern) => [...text.matchAll(pattern)].map(([, name]) => name);

const ENVIRONMENT = source('backend/src/config/environment.ts');

/** Variables that the backend parses, and those of which it accepts `NAME_FILE` instead. */
const BACKEND = names(ENVIRONMENT, /^ {4}([A-Z][A-Z0-9_]+):/gm);
const FROM_FILES = names(source('backend/src/config/secret-files.ts'), /'([A-Z][A-Z0-9_]+)'/g);

/** Read by Node.js, Next.js or our own probe rather than parsed by the backend. */
const PLATFORM = ['NODE_OPTIONS', 'HEALTHCHECK_URL', 'HOSTNAME', 'PORT', 'TZ'];

const WEB = ['API_URL', 'PUBLIC_URL', 'REVISION', 'NEXT_TELEMETRY_DISABLED', 'KEEP_ALIVE_TIMEOUT'];

export const backendVariables = new Set([...BACKEND, ...FROM_FILES.map((name) => `${name}_FILE`), ...PLATFORM]);
export const webVariables = new Set([...WEB, ...PLATFORM]);

/** What each process cannot do without in production; `NAME_FILE` counts for `NAME`. */
export const REQUIRED = {
  backend: ['SECRET_KEY', 'DATABASE_URL', 'PUBLIC_URL', 'TRUST_PROXY'],
  web: ['API_URL', 'PUBLIC_URL'],
};

export const SECRET_NAME = /(SECRET|PASSWORD|TOKEN|PRIVATE_KEY|_KEY$)/;

/** Findings on the variables of one process, by name, as `{ NAME: anything }`. */
export function variableFindings(where, role, variables) {
  const known = role === 'web' ? webVariables : backendVariables;
  const given = Object.keys(variables);
  const unknown = given.filter((name) => !known.has(name)).map((name) => `${where} sets ${name}, which nothing reads`);
  const missing = REQUIRED[role]
    .filter((name) => !given.includes(name) && !given.includes(`${name}_FILE`))
    .map((name) => `${where} lacks ${name}`);
  return [...unknown, ...missing];
}
