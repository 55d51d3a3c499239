import { sessionCookie } from '@/session/cookie';
import { IdentityApi } from '@/session/identity-api';
import type { SessionRuntime } from '@/session/runtime';
import { SessionKeeper } from '@/session/session-keeper';
import { MemorySessionStore, type SessionMap } from '@/session/store';

export const CALLER = { 'x-request-id': 'test-request' };

export interface TestRuntime extends SessionRuntime {
  readonly sessions: SessionMap;
  readonly clock: { now: number };
}

export function testRuntime(apiUrl: string, publicOrigin: string | null = null): TestRuntime {
  const settings = { apiUrl, publicOrigin };
  const clock = { now: 1_700_000_000_000 };
  const sessions: SessionMap = new Map();
  const now = () => clock.now;
  const store = new MemorySessionStore(sessions, { lifetimeMs: 12 * 3_600_000, maxSessions: 3 }, now);
  const keeper = new SessionKeeper(store, new IdentityApi(apiUrl), new Map(), now);
  return { settings, cookie: sessionCookie(settings), keeper, sessions, clock };
}
