import type { DataSource } from 'typeorm';
import { CommandFailure, UsageError } from '../../src/commands/command.js';
import { verifyDeploymentCommand } from '../../src/commands/verify-deployment/verify-deployment.command.js';
import { testEnvironment } from '../support/app.js';
import { type BackendProcess, startBackend } from '../support/backend-process.js';
import { withOwnDatabase } from '../support/own-database.js';
import { builtWeb, startWeb } from '../support/web-process.js';

// The pages may have to be built.
jest.setTimeout(400_000);

const context = { variables: {}, folder: '.' };
const verify = (...args: string[]) => verifyDeploymentCommand.run(args, context);

let database: DataSource;
const own = withOwnDatabase((opened) => (database = opened));
let variables: Record<string, string>;
beforeAll(async () => {
  variables = { DATABASE_URL: await own.open(), LOG_LEVEL: 'silent', REDIS_URL: process.env['REDIS_URL'] ?? '' };
});
afterAll(() => own.close());

const statuses = (result: unknown) =>
  Object.fromEntries(
    (result as { checks: { name: string; status: string }[] }).checks.map(({ name, status }) => [name, status]),
  );

const detailOf = (result: unknown, check: string) =>
  (result as { checks: { name: string; detail: string }[] }).checks.find(({ name }) => name === check)?.detail;

async function withBackend(role: string, use: (backend: BackendProcess) => Promise<void>): Promise<void> {
  const backend = await startBackend({
    ...variables,
    PROCESS_ROLE: role,
    QUEUE_SCHEMA: testEnvironment().QUEUE_SCHEMA,
  });
  try {
    await use(backend);
  } finally {
    await backend.stop();
  }
}

describe('cli verify-deployment', () => {
  it('passes a backend that works, and leaves no record behind', () =>
    withBackend('all', async ({ api }) => {
      const result = await verify(api);
      expect(result).toMatchObject({ passed: true, complete: false, api, web: null });
      expect(statuses(result)).toMatchObject({
        health: 'passed',
        readiness: 'passed',
        registration: 'passed',
        'background-job': 'passed',
        frontend: 'skipped',
      });
      const [row] = await database.query(
        `SELECT u.email, p.archived_at FROM users u JOIN patients p ON p.user_id = u.id`,
      );
      expect(row.email).toMatch(/^deployment-check-.*\.invalid$/);
      expect(row.archived_at).not.toBeNull();
    }));

  it('finds the API behind the web, and runs every check with the address of the web alone', async () => {
    const server = builtWeb();
    await withBackend('all', async ({ api }) => {
      const web = await startWeb(server, api);
      try {
        const result = await verify(web.url);
        expect(result).toMatchObject({ passed: true, complete: true, api: null, web: web.url });
        expect(new Set(Object.values(statuses(result)))).toEqual(new Set(['passed']));
        expect(detailOf(result, 'health')).toMatch(/^version \d+\.\d+\.\d+, commit /);
        const { account } = result as { account: string };
        const [row] = await database.query(
          `SELECT p.archived_at FROM users u JOIN patients p ON p.user_id = u.id WHERE u.email = $1`,
          [account],
        );
        expect(row.archived_at).not.toBeNull();
      } finally {
        await web.stop();
      }
    });
  });

  it('says which checks fail where the web is there and its API is not', async () => {
    const web = await startWeb(builtWeb(), 'http://127.0.0.1:9');
    try {
      const failure = await verify(web.url, '--timeout', '2').catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(CommandFailure);
      expect(statuses((failure as CommandFailure).result)).toEqual({
        health: 'failed',
        readiness: 'failed',
        registration: 'failed',
        'background-job': 'failed',
        frontend: 'passed',
        'frontend-to-backend': 'failed',
        'sign-in-through-frontend': 'failed',
      });
    } finally {
      await web.stop();
    }
  });

  it('sees that no worker takes the jobs', () =>
    withBackend('api', async ({ api }) => {
      const failure = await verify(api, '--timeout', '5').catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(CommandFailure);
      expect(statuses((failure as CommandFailure).result)).toMatchObject({
        registration: 'passed',
        'background-job': 'failed',
      });
    }));

  it('fails where nobody answers, and refuses what is no address', async () => {
    await expect(verify('http://127.0.0.1:9', '--timeout', '1')).rejects.toThrow(CommandFailure);
    await expect(verify('glucose.example.org')).rejects.toThrow(UsageError);
  });
});
