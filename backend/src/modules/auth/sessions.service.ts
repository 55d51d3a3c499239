import { Injectable } from '@nestjs/common';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../common/clock.js';
import { Problem } from '../../common/problem.js';
import { queryPrepared } from '../../database/prepared.js';

const DAY_MS = 86_400_000;

/** A session that is not used for this long ends. */
const IDLE_MS = 14 * DAY_MS;
/** A session ends this long after its login, however busy. */
const LIFETIME_MS = 90 * DAY_MS;
/** Parallel requests of one browser may present a token that was exchanged a moment ago; later it is taken for theft. */
const GRACE_MS = 30_000;
/** How long an ended session may still be taken for live by a process other than the one that ended it. */
const LIVENESS_MS = 5_000;
const LIVENESS_ENTRIES = 20_000;

const IS_LIVE = {
  name: 'is-session-live',
  text: `
    SELECT EXISTS (
      SELECT FROM refresh_tokens WHERE family_id = $1 AND revoked_at IS NULL AND expires_at > $2) AS live`,
};

export interface Session {
  readonly userId: string;
  readonly sessionId: string;
  readonly tokenId: string;
  readonly refreshToken: string;
}

interface TokenRow {
  readonly id: string;
  readonly user_id: string;
  readonly family_id: string;
  readonly family_started_at: Date;
  readonly expires_at: Date;
  readonly used_at: Date | null;
  readonly revoked_at: Date | null;
}

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Sessions: families of rotating refresh tokens, of which only hashes are stored. */
@Injectable()
export class SessionsService {
  private readonly seenLive = new Map<string, number>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  async open(userId: string): Promise<Session> {
    const now = this.clock.now();
    await this.dataSource.query('DELETE FROM refresh_tokens WHERE user_id = $1 AND expires_at < $2', [userId, now]);
    return this.issue(this.dataSource.manager, userId, randomUUID(), now, now);
  }

  /** Exchanges a refresh token for the next one of its family. */
  async rotate(token: string): Promise<Session> {
    const session = await this.dataSource.transaction((manager) => this.exchange(manager, token));
    if (!session) throw new Problem('INVALID_TOKEN', 'The refresh token is not valid.');
    return session;
  }

  /** `null` where the token is worth nothing; what the attempt revokes stays revoked. */
  private async exchange(manager: EntityManager, token: string): Promise<Session | null> {
    const now = this.clock.now();
    const [found]: TokenRow[] = await manager.query(
      `SELECT id, user_id, family_id, family_started_at, expires_at, used_at, revoked_at
       FROM refresh_tokens WHERE token_hash = $1 FOR UPDATE`,
      [hashOf(token)],
    );
    if (!found || found.revoked_at || found.expires_at <= now) return null;
    if (found.used_at && now.getTime() - found.used_at.getTime() > GRACE_MS) {
      await this.revokeFamily(manager, found.family_id, now);
      return null;
    }
    const next = await this.issue(manager, found.user_id, found.family_id, found.family_started_at, now);
    await manager.query('UPDATE refresh_tokens SET used_at = $2, replaced_by = $3 WHERE id = $1 AND used_at IS NULL', [
      found.id,
      now,
      next.tokenId,
    ]);
    return next;
  }

  async end(sessionId: string): Promise<void> {
    await this.dataSource.transaction((manager) => this.revokeFamily(manager, sessionId, this.clock.now()));
  }

  async endOthers(userId: string, keptSessionId: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const others: { family_id: string }[] = await manager.query(
        'SELECT DISTINCT family_id FROM refresh_tokens WHERE user_id = $1 AND family_id <> $2 AND revoked_at IS NULL',
        [userId, keptSessionId],
      );
      for (const { family_id } of others) await this.revokeFamily(manager, family_id, this.clock.now());
    });
  }

  /** Whether a session was neither ended nor left idle. Remembered for seconds, so that a busy caller costs no query. */
  async isLive(sessionId: string): Promise<boolean> {
    const now = this.clock.now();
    const seen = this.seenLive.get(sessionId);
    if (seen !== undefined && now.getTime() - seen < LIVENESS_MS) return true;
    const [found] = await queryPrepared<{ live: boolean }>(this.dataSource, IS_LIVE, [sessionId, now]);
    if (!found?.live) return false;
    if (this.seenLive.size >= LIVENESS_ENTRIES) this.seenLive.clear();
    this.seenLive.set(sessionId, now.getTime());
    return true;
  }

  /** Those of some sessions that were neither ended nor left idle, asked afresh. */
  async liveAmong(sessionIds: readonly string[]): Promise<Set<string>> {
    const rows = await this.dataSource.query<{ family_id: string }[]>(
      'SELECT DISTINCT family_id FROM refresh_tokens WHERE family_id = ANY ($1) AND revoked_at IS NULL AND expires_at > $2',
      [sessionIds, this.clock.now()],
    );
    return new Set(rows.map(({ family_id }) => family_id));
  }

  private async issue(
    manager: EntityManager,
    userId: string,
    familyId: string,
    familyStartedAt: Date,
    now: Date,
  ): Promise<Session> {
    const tokenId = randomUUID();
    const refreshToken = randomBytes(32).toString('base64url');
    const expiresAt = new Date(Math.min(now.getTime() + IDLE_MS, familyStartedAt.getTime() + LIFETIME_MS));
    await manager.query(
      `INSERT INTO refresh_tokens (id, user_id, family_id, family_started_at, token_hash, created_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [tokenId, userId, familyId, familyStartedAt, hashOf(refreshToken), now, expiresAt],
    );
    return { userId, sessionId: familyId, tokenId, refreshToken };
  }

  private async revokeFamily(manager: EntityManager, familyId: string, now: Date): Promise<void> {
    // An exchange under way holds its token's row: waiting for it here lets the next statement see what it issued.
    await manager.query('SELECT FROM refresh_tokens WHERE family_id = $1 FOR UPDATE', [familyId]);
    await manager.query('UPDATE refresh_tokens SET revoked_at = $2 WHERE family_id = $1 AND revoked_at IS NULL', [
      familyId,
      now,
    ]);
    this.seenLive.delete(familyId);
  }
}
