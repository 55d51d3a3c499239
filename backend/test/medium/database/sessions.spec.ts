import { getQueueToken } from '@nestjs/bullmq';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Queue } from 'bullmq';
import { Client } from 'pg';
import request from 'supertest';
import { DataSource } from 'typeorm';
import { createApp } from '../../../src/app.js';
import { dataSourceOptions, migrationDataSourceOptions, openDataSource } from '../../../src/database/data-source.js';
import { QUEUES } from '../../../src/modules/background/queue/jobs.js';
import { testEnvironment } from '../../support/app.js';
import { openOwnPostgres, type OwnPostgres } from '../../support/own-postgres.js';

async function shown(dataSource: DataSource) {
  const setting = async (name: string) => {
    const [row] = await dataSource.query<Record<string, string>[]>(`SHOW ${name}`);
    return row?.[name];
  };
  try {
    return {
      statement: await setting('statement_timeout'),
      lock: await setting('lock_timeout'),
      idle: await setting('idle_in_transaction_session_timeout'),
      name: await setting('application_name'),
    };
  } finally {
    await dataSource.destroy();
  }
}

describe('limits of a session, as PostgreSQL holds them', () => {
  it.each([
    ['api', '15s', '30s'],
    ['scheduler', '15s', '30s'],
    ['worker', '2min', '1min'],
    ['all', '2min', '1min'],
  ])('%s', async (role, statement, idle) => {
    const environment = testEnvironment({ PROCESS_ROLE: role });
    expect(await shown(await openDataSource(environment))).toEqual({
      statement,
      lock: '10s',
      idle,
      name: `glucolens-${role}`,
    });
  });

  it('a statement may be given longer', async () => {
    const environment = testEnvironment({ DATABASE_STATEMENT_SECONDS: '600' });
    expect(await shown(await openDataSource(environment))).toMatchObject({ statement: '10min' });
  });

  it('migrations take as long as they take, also where the database itself says otherwise', async () => {
    const admin = new Client({ connectionString: testEnvironment().DATABASE_URL });
    await admin.connect();
    const { rows } = await admin.query<{ name: string }>('SELECT quote_ident(current_database()) AS name');
    await admin.query(`ALTER DATABASE ${rows[0]?.name} SET statement_timeout = '7s'`);
    try {
      const migrating = new DataSource(migrationDataSourceOptions(testEnvironment()));
      expect(await shown(await migrating.initialize())).toMatchObject({ statement: '0', name: 'glucolens-migrate' });
    } finally {
      await admin.query(`ALTER DATABASE ${rows[0]?.name} RESET statement_timeout`);
      await admin.end();
    }
  });
});

it('migrations go past the pooler', () => {
  const environment = testEnvironment({ DATABASE_DIRECT_URL: 'postgresql://direct.example/glucolens' });
  expect(migrationDataSourceOptions(environment)).toMatchObject({ url: 'postgresql://direct.example/glucolens' });
  expect(dataSourceOptions(environment)).toMatchObject({ url: environment.DATABASE_URL });
});

describe('a request that the database cannot serve', () => {
  const ask = (app: NestFastifyApplication) =>
    request(app.getHttpServer())
      .post('/api/v1/auth/login')
      .send({ email: 'nobody@example.org', password: 'a long enough password' });

  const expectUnavailable = ({ status, headers, body }: request.Response) => {
    expect({ status, code: body.code }).toEqual({ status: 503, code: 'UNAVAILABLE' });
    expect(headers['content-type']).toContain('application/problem+json');
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  };

  async function start(overrides: Readonly<Record<string, string>>) {
    const app = await createApp(testEnvironment({ DATABASE_CONNECT_SECONDS: '3', ...overrides }));
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    for (const name of Object.keys(QUEUES)) await app.get<Queue>(getQueueToken(name)).waitUntilReady();
    return app;
  }

  it('because the pool is exhausted is answered 503, and served again afterwards', async () => {
    const app = await start({ DATABASE_POOL_SIZE: '1' });
    try {
      const holder = app.get(DataSource).createQueryRunner();
      await holder.connect();
      expectUnavailable(await ask(app));
      await holder.release();
      expect((await ask(app)).status).toBe(401);
    } finally {
      await app.close();
    }
  });

  it('because the server is down is answered 503, and served again when it is back', async () => {
    const server: OwnPostgres = await openOwnPostgres();
    const app = await start({ DATABASE_URL: server.url });
    try {
      expect((await ask(app)).status).toBe(401);
      await server.kill();
      expectUnavailable(await ask(app));
      await server.start();
      expect((await ask(app)).status).toBe(401);
    } finally {
      await app.close();
      await server.close();
    }
  });
});
