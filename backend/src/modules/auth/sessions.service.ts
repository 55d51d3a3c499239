import { Injectable } from '@nestjs/common';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../common/clock.js';
import { Problem } from '../../common/problem.js';
import { RefreshToken } from './refresh-token.entity.js';

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

export interface Session {
  readonly userId: string;
  readonly sessionId: string;
  readonly tokenId: string;
  readonly refreshToken: string;
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
    const found = await manager.findOne(RefreshToken, {
      where: { tokenHash: hashOf(token) },
      lock: { mode: 'pessimistic_write' },
    });
    if (!found || found.revokedAt || found.expiresAt <= now) return null;
    if (found.usedAt && now.getTime() - found.usedAt.getTime() > GRACE_MS) {
      await this.revokeFamily(manager, found.familyId, now);
      return null;
    }
    const next = await this.issue(manager, found.userId, found.familyId, found.familyStartedAt, now);
    if (!found.usedAt) await manager.update(RefreshToken, found.id, { usedAt: now, replacedBy: next.tokenId });
    return next;
  }

  async end(sessionId: string): Promise<void> {
    await this.revokeFamily(this.dataSource.manager, sessionId, this.clock.now());
  }

  async endOthers(userId: string, keptSessionId: string): Promise<void> {
    const ended: { family_id: string }[] = await this.dataSource.query(
      `WITH ended AS (
         UPDATE refresh_tokens SET revoked_at = $3
         WHERE user_id = $1 AND family_id <> $2 AND revoked_at IS NULL RETURNING family_id)
       SELECT DISTINCT family_id FROM ended`,
      [userId, keptSessionId, this.clock.now()],
    );
    for (const { family_id } of ended) this.seenLive.delete(family_id);
  }

  /** Whether a session was neither ended nor left idle. Remembered for seconds, so that a busy caller costs no query. */
  async isLive(sessionId: string): Promise<boolean> {
    const now = this.clock.now();
    const seen = this.seenLive.get(sessionId);
    if (seen !== undefined && now.getTime() - seen < LIVENESS_MS) return true;
    const [found]: { live: boolean }[] = await this.dataSource.query(
      'SELECT EXISTS (SELECT FROM refresh_tokens WHERE family_id = $1 AND revoked_at IS NULL AND expires_at > $2) AS live',
      [sessionId, now],
    );
    if (!found?.live) return false;
    if (this.seenLive.size >= LIVENESS_ENTRIES) this.seenLive.clear();
    this.seenLive.set(sessionId, now.getTime());
    return true;
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
    await manager.insert(RefreshToken, {
      id: tokenId,
      userId,
      familyId,
      familyStartedAt,
      tokenHash: hashOf(refreshToken),
      createdAt: now,
      expiresAt: new Date(Math.min(now.getTime() + IDLE_MS, familyStartedAt.getTime() + LIFETIME_MS)),
    });
    return { userId, sessionId: familyId, tokenId, refreshToken };
  }

  private async revokeFamily(manager: EntityManager, familyId: string, now: Date): Promise<void> {
    await manager.query('UPDATE refresh_tokens SET revoked_at = $2 WHERE family_id = $1 AND revoked_at IS NULL', [
      familyId,
      now,
    ]);
    this.seenLive.delete(familyId);
  }
}
