import { createHash, randomBytes } from 'node:crypto';

export interface SessionTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Milliseconds since the epoch from which the access token should be renewed. */
  readonly refreshAt: number;
  readonly accessExpiresAt: number;
}

/** Where sessions live. Small and asynchronous, so that a store shared by replicas can take the place of memory. */
export interface SessionStore {
  /** Answers the id for the cookie; only its hash is kept. */
  create(tokens: SessionTokens): Promise<string>;
  read(id: string): Promise<SessionTokens | null>;
  /** Does nothing when the session ended meanwhile; answers whether it was still there. */
  replace(id: string, tokens: SessionTokens): Promise<boolean>;
  remove(id: string): Promise<void>;
}

interface StoredSession {
  tokens: SessionTokens;
  readonly endsAt: number;
}

/** Keyed by the hash of the session id. A map keeps insertion order, and all sessions last equally long: oldest first. */
export type SessionMap = Map<string, StoredSession>;

export interface SessionLimits {
  readonly lifetimeMs: number;
  readonly maxSessions: number;
}

export class MemorySessionStore implements SessionStore {
  constructor(
    private readonly sessions: SessionMap,
    private readonly limits: SessionLimits,
    private readonly now: () => number,
  ) {}

  async create(tokens: SessionTokens): Promise<string> {
    this.sweep();
    for (const oldest of this.sessions.keys()) {
      if (this.sessions.size < this.limits.maxSessions) break;
      this.sessions.delete(oldest);
    }
    const id = randomBytes(32).toString('base64url');
    this.sessions.set(keyOf(id), { tokens, endsAt: this.now() + this.limits.lifetimeMs });
    return id;
  }

  async read(id: string): Promise<SessionTokens | null> {
    return this.live(id)?.tokens ?? null;
  }

  async replace(id: string, tokens: SessionTokens): Promise<boolean> {
    const session = this.live(id);
    if (!session) return false;
    session.tokens = tokens;
    return true;
  }

  async remove(id: string): Promise<void> {
    this.sessions.delete(keyOf(id));
  }

  /** Forgets what has ended, so that tokens do not outlive their session in memory. */
  sweep(): void {
    for (const [key, session] of this.sessions) {
      if (session.endsAt > this.now()) return;
      this.sessions.delete(key);
    }
  }

  private live(id: string): StoredSession | null {
    const key = keyOf(id);
    const session = this.sessions.get(key);
    if (!session) return null;
    if (session.endsAt > this.now()) return session;
    this.sessions.delete(key);
    return null;
  }
}

function keyOf(id: string): string {
  return createHash('sha256').update(id).digest('base64url');
}
