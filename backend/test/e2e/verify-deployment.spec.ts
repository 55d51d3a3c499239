import type { DataSource } from 'typeorm';
import { CommandFailure, UsageError } from '../../src/commands/command.js';
import { verifyDeploymentCommand } from '../../src/commands/verify-deployment/verify-deployment.command.js';
import { testEnvironment } from '../support/app.js';
import { type BackendProcess, startBackend } from '../support/backend-process.js';
import { withOwnDatabase } from '../support/own-database.js';

jest.setTimeout(120_000);

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
