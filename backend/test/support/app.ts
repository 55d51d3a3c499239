import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import request from 'supertest';
import { DataSource } from 'typeorm';
import { createApp } from '../../src/app.js';
import { Clock } from '../../src/common/clock.js';
import { type Environment, parseEnvironment } from '../../src/config/environment.js';
import { openDataSource } from '../../src/database/data-source.js';
import { AnalysisProcess } from '../../src/modules/ml/analyses/analysis-process.js';

/** A clock that a test may stop and move. Until then it tells the real time. */
export interface TestClock {
  stopAt(instant: Date | string): void;
  advance(milliseconds: number): void;
  run(): void;
  now(): Date;
}

export interface TestApp {
  readonly app: NestFastifyApplication;
  readonly dataSource: DataSource;
  readonly clock: TestClock;
  /** Requests against the running application; paths start with `/api/v1` or `/health`. */
  readonly http: ReturnType<typeof request>;
  /** Every route the application answers, as in `GET /api/v1/patients/:patientId`. */
  readonly routes: readonly string[];
  close(): Promise<void>;
}

/** The environment of a test process: the suite's database, an own queue schema, no log. */
export function testEnvironment(overrides: Readonly<Record<string, string>> = {}): Environment {
  return parseEnvironment({
    NODE_ENV: 'test',
    PROCESS_ROLE: 'api',
    DATABASE_URL: process.env['DATABASE_URL'],
    DATABASE_POOL_SIZE: '8',
    // No test judges how long a busy machine takes to connect, but those that say so.
    DATABASE_CONNECT_SECONDS: '30',
    REDIS_URL: process.env['REDIS_URL'],
    QUEUE_SCHEMA: `queue_${randomUUID().slice(0, 8)}`,
    SECRET_KEY: 'a key of thirty-two bytes or more, for tests',
    RATE_LIMIT_LOGIN_PER_MINUTE: '1000',
    LOG_LEVEL: 'silent',
    // Beside all other tests it would wait for every one of them.
    ANALYSIS_NICE: '0',
    ...overrides,
  });
}

/** The suite's migrated database, for tests that need no HTTP. */
export const openTestDatabase = (): Promise<DataSource> => openDataSource(testEnvironment());

/** The real application on the suite's database, with a clock in the test's hand. */
export async function createTestApp(overrides: Readonly<Record<string, string>> = {}): Promise<TestApp> {
  const environment = testEnvironment(overrides);
  const app = await createApp(environment);
  const clock = takeOver(app.get(Clock));
  app.get(AnalysisProcess, { strict: false }).entry = join(__dirname, 'analysis-entry.cjs');
  const routes: string[] = [];
  const server = app.getHttpAdapter().getInstance();
  server.addHook('onRoute', ({ method, url }) => void routes.push(...[method].flat().map((one) => `${one} ${url}`)));
  await app.init();
  await server.ready();
  const dataSource = app.get(DataSource);
  return {
    app,
    dataSource,
    clock,
    http: request(app.getHttpServer()),
    routes,
    async close() {
      await dataSource.query(`DROP SCHEMA IF EXISTS "${environment.QUEUE_SCHEMA}" CASCADE`).catch(() => undefined);
      await app.close();
    },
  };
}

function takeOver(clock: Clock): TestClock {
  const real = clock.now.bind(clock);
  let stopped: Date | null = null;
  clock.now = () => (stopped ? new Date(stopped) : real());
  return {
    stopAt: (instant) => void (stopped = new Date(instant)),
    advance: (milliseconds) => void (stopped = new Date(clock.now().getTime() + milliseconds)),
    run: () => void (stopped = null),
    now: () => clock.now(),
  };
}
