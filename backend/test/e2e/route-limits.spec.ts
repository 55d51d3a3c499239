import { Controller, Get, Module } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import { RouteLimits, limitRoutes } from '../../src/common/http/route-limits.js';
import { newPatientUser } from '../factories/patients.js';
import { createTestApp, type TestApp } from '../support/app.js';

const MIB = 1024 * 1024;

describe('the size of a body', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(() => test.close());

  const post = async (path: string, bytes: number) => {
    const person = await newPatientUser(test.dataSource);
    return test.http
      .post(`/api/v1/${path}`)
      .set('authorization', person.bearer)
      .send({ readings: [], records: [], padding: 'x'.repeat(bytes) });
  };

  it('is one megabyte, and eight where rows are posted in bulk', async () => {
    for (const path of ['patients/me/grants', 'patients', 'imports/x/answers']) {
      expect((await post(path, MIB)).body).toMatchObject({ status: 413, code: 'PAYLOAD_TOO_LARGE' });
    }
    for (const path of ['patients/me/readings', 'patients/me/records/meals']) {
      expect((await post(path, 7 * MIB)).status).toBe(200);
      expect((await post(path, 8 * MIB)).body).toMatchObject({ status: 413, code: 'PAYLOAD_TOO_LARGE' });
    }
  });
});

describe('a handler that does not come to an end', () => {
  it('is answered 503 with a time to come back, over the real database, and later requests are served', async () => {
    const test = await createTestApp({ REQUEST_TIMEOUT_SECONDS: '0.5' });
    try {
      const person = await newPatientUser(test.dataSource);
      const ask = () => test.http.get('/api/v1/patients/me').set('authorization', person.bearer);
      await ask().expect(200);
      const blocker = test.dataSource.createQueryRunner();
      await blocker.startTransaction();
      try {
        await blocker.query('LOCK TABLE patients IN ACCESS EXCLUSIVE MODE');
        const answer = await ask();
        expect(answer.body).toMatchObject({ status: 503, code: 'UNAVAILABLE', detail: 'The answer took too long.' });
        expect(answer.headers).toMatchObject({
          'content-type': 'application/problem+json; charset=utf-8',
          'retry-after': '5',
        });
      } finally {
        await blocker.rollbackTransaction();
        await blocker.release();
      }
      await ask().expect(200);
    } finally {
      await test.close();
    }
  });

  it('has its time where the route says so', async () => {
    const app = await streaming();
    try {
      const http = request(app.getHttpServer());
      await http.get('/slow').expect(503);
      await http.get('/stream').expect(200, 'late');
    } finally {
      await app.close();
    }
  });
});

async function streaming(): Promise<NestFastifyApplication> {
  const later = () => new Promise<string>((resolve) => setTimeout(() => resolve('late'), 300));

  @Controller()
  class SlowController {
    @Get('slow')
    slow(): Promise<string> {
      return later();
    }

    @Get('stream')
    @RouteLimits({ time: 'unlimited' })
    stream(): Promise<string> {
      return later();
    }
  }

  @Module({ controllers: [SlowController] })
  class SlowModule {}

  const adapter = new FastifyAdapter();
  limitRoutes(adapter.getInstance(), 100);
  const testing = await Test.createTestingModule({ imports: [SlowModule] }).compile();
  const app = testing.createNestApplication<NestFastifyApplication>(adapter, { logger: false });
  await app.init();
  await adapter.getInstance().ready();
  return app;
}
