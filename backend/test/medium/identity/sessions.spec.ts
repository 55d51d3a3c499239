import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { SystemClock } from '../../../src/common/clock.js';
import { type Session, SessionsService } from '../../../src/modules/auth/sessions.service.js';
import { newUser } from '../../factories/people.js';
import { openTestDatabase } from '../../support/app.js';

let database: DataSource;
let sessions: SessionsService;
beforeAll(async () => {
  database = await openTestDatabase();
  sessions = new SessionsService(database, new SystemClock());
});
afterAll(() => database.destroy());

const openSession = async (): Promise<Session> => sessions.open((await newUser(database)).id);

describe('rotating a refresh token', () => {
  it('gives each of many parallel requests a working token of the same session', async () => {
    const opened = await openSession();
    const next = await Promise.all(Array.from({ length: 8 }, () => sessions.rotate(opened.refreshToken)));
    expect(new Set(next.map((session) => session.refreshToken)).size).toBe(8);
    expect(new Set(next.map((session) => session.sessionId))).toEqual(new Set([opened.sessionId]));
    const again = await Promise.all(next.map((session) => sessions.rotate(session.refreshToken)));
    expect(again).toHaveLength(8);
    expect(await sessions.isLive(opened.sessionId)).toBe(true);
  });

  it('marks the exchanged token once, with the token that replaced it', async () => {
    const opened = await openSession();
    const [first] = await Promise.all([sessions.rotate(opened.refreshToken), sessions.rotate(opened.refreshToken)]);
    const [row] = await database.query('SELECT used_at, replaced_by FROM refresh_tokens WHERE id = $1', [
      opened.tokenId,
    ]);
    const siblings = await database.query(
      'SELECT id FROM refresh_tokens WHERE family_id = $1 AND used_at IS NULL ORDER BY id',
      [opened.sessionId],
    );
    expect(row.used_at).toBeInstanceOf(Date);
    expect(siblings).toHaveLength(2);
    expect(siblings.map((one: { id: string }) => one.id)).toContain(row.replaced_by);
    expect(first).toBeDefined();
  });

  it('ends a session in one process for the others within seconds', async () => {
    const opened = await openSession();
    const elsewhere = new SessionsService(database, new SystemClock());
    await sessions.end(opened.sessionId);
    expect(await elsewhere.isLive(opened.sessionId)).toBe(false);
    await expect(elsewhere.rotate(opened.refreshToken)).rejects.toMatchObject({ code: 'INVALID_TOKEN' });
  });

  it('ends a session whose token is being exchanged at the same moment', async () => {
    for (let round = 0; round < 20; round++) {
      const opened = await openSession();
      const [exchange] = await Promise.allSettled([
        sessions.rotate(opened.refreshToken),
        sessions.end(opened.sessionId),
      ]);
      expect(await sessions.isLive(opened.sessionId)).toBe(false);
      if (exchange.status === 'fulfilled') {
        await expect(sessions.rotate(exchange.value.refreshToken)).rejects.toMatchObject({ code: 'INVALID_TOKEN' });
      }
    }
  });

  it('leaves other sessions of the person alone when one is revoked for reuse', async () => {
    const user = await newUser(database);
    const stolen = await sessions.open(user.id);
    const other = await sessions.open(user.id);
    await sessions.rotate(stolen.refreshToken);
    await database.query(`UPDATE refresh_tokens SET used_at = used_at - interval '31 seconds' WHERE token_hash = $1`, [
      createHash('sha256').update(stolen.refreshToken).digest(),
    ]);
    await expect(sessions.rotate(stolen.refreshToken)).rejects.toMatchObject({ code: 'INVALID_TOKEN' });
    expect(await sessions.isLive(stolen.sessionId)).toBe(false);
    expect(await sessions.isLive(other.sessionId)).toBe(true);
  });
});
