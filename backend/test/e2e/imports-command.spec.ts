import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { UsageError } from '../../src/commands/command.js';
import { importCommand } from '../../src/commands/import.command.js';
import { newPatient } from '../factories/patients.js';
import { openTestDatabase, testEnvironment } from '../support/app.js';

jest.setTimeout(120_000);

let dataSource: DataSource;
beforeAll(async () => {
  dataSource = await openTestDatabase();
});
afterAll(() => dataSource.destroy());

const { DATABASE_URL, SECRET_KEY, QUEUE_SCHEMA } = testEnvironment();
const context = {
  variables: { ...process.env, NODE_ENV: 'test', DATABASE_URL, SECRET_KEY, QUEUE_SCHEMA },
  folder: join(__dirname, '../samples'),
};
const run = (...args: string[]) => importCommand.run(args, context);

describe('cli import', () => {
  it('imports a file, named relative to the caller, in the zone that is given', async () => {
    const { id } = await newPatient(dataSource);
    await expect(run('clarity-broken-bom.csv', '--patient', id, '--tz', 'Europe/Berlin')).resolves.toMatchObject({
      status: 'done',
      counts: { new: 2, known: 0, rejected: 0 },
      firstMeasuredAt: '2024-03-01T09:00:12.000Z',
    });
    await expect(run('clarity-broken-bom.csv', '--patient', id, '--tz', 'Europe/Berlin')).resolves.toMatchObject({
      counts: { new: 0, known: 2, rejected: 0 },
    });
  });

  it('says what to add where the dates are open, and leaves nothing waiting', async () => {
    const { id } = await newPatient(dataSource);
    await expect(run('libreview-one-day.csv', '--patient', id)).rejects.toThrow('--date-order');
    expect(await dataSource.query('SELECT FROM imports WHERE patient_id = $1', [id])).toEqual([]);
    await expect(run('libreview-one-day.csv', '--patient', id, '--date-order', 'DMY')).resolves.toMatchObject({
      counts: { new: 3 },
    });
  });

  it('fails with the reason where it cannot import', async () => {
    const { id } = await newPatient(dataSource);
    await expect(run('README.md', '--patient', id)).rejects.toThrow('FORMAT_UNKNOWN');
    await expect(run('no-such-file.csv', '--patient', id)).rejects.toThrow('ENOENT');
    await expect(run('clarity-broken-bom.csv', '--patient', randomUUID())).rejects.toThrow('PATIENT_NOT_FOUND');
  });

  it.each([
    [['clarity-broken-bom.csv']],
    [['clarity-broken-bom.csv', '--patient', 'x', '--tz', 'Mars/Base']],
    [['clarity-broken-bom.csv', '--patient', 'x', '--date-order', 'YMD']],
  ])('is told how it is called: %j', async (args) => {
    await expect(run(...args)).rejects.toBeInstanceOf(UsageError);
  });
});
