import { spawn, spawnSync } from 'node:child_process';

const majorOf = (program) =>
  Number(/\(PostgreSQL\) (\d+)/.exec(spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[1] ?? 0);

/** `pg_dump` refuses a server newer than itself. Null where there is none, or an older one. */
export function usablePgDump(serverMajor, { program = process.env.PG_DUMP || 'pg_dump' } = {}) {
  return majorOf(program) >= serverMajor ? program : null;
}

/** A child whose output is the dump. The password travels in the environment: arguments are public on a machine. */
export function startPgDump(program, { databaseUrl, snapshot, queueSchema }) {
  const args = ['--format=custom', '--no-owner', '--no-privileges', `--exclude-schema=${queueSchema}`];
  if (snapshot) args.push(`--snapshot=${snapshot}`);
  return spawn(program, args, { env: connectionEnvironment(databaseUrl), stdio: ['ignore', 'pipe', 'pipe'] });
}

export function startPgRestore(databaseUrl, { program = process.env.PG_RESTORE || 'pg_restore' } = {}) {
  const args = [
    '--exit-on-error',
    '--single-transaction',
    '--no-owner',
    '--no-privileges',
    `--dbname=${new URL(databaseUrl).pathname.slice(1)}`,
  ];
  return spawn(program, args, { env: connectionEnvironment(databaseUrl), stdio: ['pipe', 'ignore', 'pipe'] });
}

export function connectionEnvironment(databaseUrl) {
  const { hostname, port, username, password, pathname, searchParams } = new URL(databaseUrl);
  const sslMode = searchParams.get('sslmode');
  return {
    ...process.env,
    PGHOST: hostname,
    PGPORT: port || '5432',
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
    ...(sslMode ? { PGSSLMODE: sslMode } : {}),
  };
}

/** Resolves when a program ended well, else tells the end of what it complained about. */
export function endedWell(child, name) {
  return new Promise((resolve, reject) => {
    let complaints = '';
    child.stderr?.on('data', (chunk) => (complaints = (complaints + chunk).slice(-4_000)));
    child.on('error', (error) => reject(new Error(`${name}: ${error.message}`)));
    child.on('close', (code, signal) =>
      code === 0
        ? resolve()
        : reject(new Error(`${name} ended with ${signal ?? `exit code ${code}`}\n${complaints}`.trim())),
    );
  });
}
