import { randomUUID } from 'node:crypto';
import { PinoLogger } from 'nestjs-pino';
import { DataSource } from 'typeorm';
import { SystemClock } from '../../../src/common/clock.js';
import { AuditSealsService } from '../../../src/modules/audit/audit-seals.service.js';
import { AuditService } from '../../../src/modules/audit/audit.service.js';
import { withOwnDatabase } from '../../support/own-database.js';

/** Sealing covers all rows of a database, so these tests have one to themselves. */
let database: DataSource;
let audit: AuditService;
let seals: AuditSealsService;
const log: string[] = [];

const dispose = withOwnDatabase((opened) => {
  database = opened;
  const logger = new PinoLogger({ pinoHttp: [{ level: 'info' }, { write: (line: string) => void log.push(line) }] });
  audit = new AuditService(database, new SystemClock());
  seals = new AuditSealsService(database, new SystemClock(), logger);
});
beforeAll(() => dispose.open());
afterAll(() => dispose.close());

const ACTION = 'GET /patients/{patientId}/metrics';

const look = () =>
  audit.record({ actorUserId: randomUUID(), patientIds: [randomUUID()], action: ACTION, requestId: randomUUID() });

/** Seals all that is committed and answers how many rows that were. A sealer gives way to long transactions of any database. */
async function sealAll(begun: Promise<number> = seals.seal()): Promise<number> {
  let sealed = await begun;
  while ((await seals.verify()).unsealedEvents > 0) sealed += await seals.seal();
  return sealed;
}

/** What somebody with the database's own password could do, triggers switched off. */
const tamper = (statement: string) =>
  database.transaction(async (manager) => {
    await manager.query('SET LOCAL session_replication_role = replica');
    await manager.query(statement);
  });

describe('the audit log', () => {
  it.each([
    ['an update', `UPDATE audit_events SET action = 'nothing'`],
    ['a deletion', 'DELETE FROM audit_events'],
    ['emptying', 'TRUNCATE audit_events'],
    ['an update of a seal', `UPDATE audit_seals SET events = 0`],
    ['a deletion of seals', 'DELETE FROM audit_seals'],
  ])('refuses %s', async (_, statement) => {
    await look();
    await expect(database.query(statement)).rejects.toThrow(/append-only/);
  });

  it('seals what is written, in numbers that go on from the last', async () => {
    await sealAll();
    const before = await seals.verify();
    await look();
    await look();
    expect((await seals.verify()).unsealedEvents).toBe(2);
    expect(await sealAll()).toBe(2);
    expect(await seals.verify()).toEqual({
      intact: true,
      brokenAt: null,
      sealedEvents: before.sealedEvents + 2,
      unsealedEvents: 0,
    });
    expect(JSON.parse(log.at(-1) ?? '')).toMatchObject({
      sealedThrough: expect.any(String),
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('waits for a slow writer rather than sealing past it', async () => {
    await sealAll();
    const before = await seals.verify();
    const slow = database.createQueryRunner();
    await slow.startTransaction();
    await slow.query(
      `INSERT INTO audit_events (at, actor_user_id, patient_ids, action, request_id)
       VALUES (now(), gen_random_uuid(), ARRAY[gen_random_uuid()], 'GET /slow', 'slow-request')`,
    );
    await look();
    const sealing = seals.seal();
    await slow.commitTransaction();
    await slow.release();
    expect(await sealAll(sealing)).toBe(2);
    expect(await seals.verify()).toMatchObject({ intact: true, sealedEvents: before.sealedEvents + 2 });
  });

  it('waits for a slow writer that began after one that was faster', async () => {
    await sealAll();
    const insert = `INSERT INTO audit_events (at, actor_user_id, patient_ids, action, request_id)
      VALUES (now(), gen_random_uuid(), ARRAY[gen_random_uuid()], 'GET /slow', 'slow-request')`;
    const [first, second] = [database.createQueryRunner(), database.createQueryRunner()];
    await first.startTransaction();
    await first.query('SELECT pg_current_xact_id()');
    await second.startTransaction();
    await second.query(insert);
    await first.query(insert);
    await first.commitTransaction();
    await first.release();
    expect(await seals.seal()).toBe(0);
    await second.commitTransaction();
    await second.release();
    expect(await sealAll()).toBe(2);
    expect(await seals.verify()).toMatchObject({ intact: true, unsealedEvents: 0 });
  });

  it('is whole after many writers and several sealers at once', async () => {
    await Promise.all([...Array.from({ length: 200 }, () => look()), seals.seal(), seals.seal(), seals.seal()]);
    await sealAll();
    expect(await seals.verify()).toMatchObject({ intact: true, unsealedEvents: 0 });
  });

  it('notices a changed row, a missing row, and a row that was put in between', async () => {
    const unused = database.createQueryRunner();
    await look();
    await unused.startTransaction();
    const [gap] = await unused.query(
      `INSERT INTO audit_events (at, actor_user_id, patient_ids, action, request_id)
       VALUES (now(), gen_random_uuid(), ARRAY[gen_random_uuid()], 'GET /undone', 'undone') RETURNING id`,
    );
    await unused.rollbackTransaction();
    await unused.release();
    await look();
    await sealAll();
    const [{ id }] = await database.query('SELECT max(id) AS id FROM audit_events');
    const whole = await seals.verify();
    expect(whole).toMatchObject({ intact: true, unsealedEvents: 0 });

    const broken = { intact: false, brokenAt: { fromId: expect.any(String), toId: id } };
    await tamper(`UPDATE audit_events SET action = 'GET /other' WHERE id = ${id}`);
    expect(await seals.verify()).toMatchObject(broken);
    await tamper(`UPDATE audit_events SET action = '${ACTION}' WHERE id = ${id}`);
    expect(await seals.verify()).toEqual(whole);

    await database.query(`CREATE TABLE aside AS SELECT * FROM audit_events WHERE id = ${id}`);
    await tamper(`DELETE FROM audit_events WHERE id = ${id}`);
    expect(await seals.verify()).toMatchObject(broken);
    await tamper('INSERT INTO audit_events OVERRIDING SYSTEM VALUE SELECT * FROM aside');
    expect(await seals.verify()).toEqual(whole);

    await tamper(`UPDATE aside SET id = ${gap.id}`);
    await tamper('INSERT INTO audit_events OVERRIDING SYSTEM VALUE SELECT * FROM aside');
    expect(await seals.verify()).toMatchObject(broken);
    await tamper(`DELETE FROM audit_events WHERE id = ${gap.id}`);
    expect(await seals.verify()).toEqual(whole);
  });

  it('notices a seal that was recomputed over changed rows', async () => {
    await look();
    await sealAll();
    await look();
    await sealAll();
    const [{ from_id: first }] = await database.query(
      'SELECT from_id FROM audit_seals ORDER BY from_id DESC OFFSET 1 LIMIT 1',
    );
    await tamper(`UPDATE audit_seals SET hash = sha256('forged') WHERE from_id = ${first}`);
    expect((await seals.verify()).intact).toBe(false);
  });
});
