import { getQueueToken } from '@nestjs/bullmq';
import type { Queue } from 'bullmq';
import { payloadOf } from '../../src/modules/background/queue/job-envelope.js';
import { ImportsService } from '../../src/modules/imports/imports.service.js';
import { newPatientUser } from '../factories/patients.js';
import { createTestApp, type TestApp } from '../support/app.js';

describe('an import whose job was lost', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(() => test.close());

  it('is asked for again after some seconds, and not doubled where the job is there', async () => {
    const { bearer } = await newPatientUser(test.dataSource);
    const { body } = await test.http
      .post('/api/v1/patients/me/imports')
      .set('authorization', bearer)
      .attach('file', Buffer.from('any bytes'), 'export.csv')
      .expect(202);
    const queue = test.app.get<Queue>(getQueueToken('imports'), { strict: false });
    const imports = test.app.get(ImportsService, { strict: false });
    const jobsOfImport = async () =>
      (await queue.getJobs()).filter((job) => payloadOf('imports.run', job)?.importId === body.id);

    const [lost] = await jobsOfImport();
    expect(lost).toBeDefined();
    await lost?.remove();
    expect(await jobsOfImport()).toHaveLength(0);
    await imports.resumeForgotten();
    expect(await jobsOfImport()).toHaveLength(0);

    test.clock.advance(6_000);
    await imports.resumeForgotten();
    await imports.resumeForgotten();
    expect(await jobsOfImport()).toHaveLength(1);
  });
});
