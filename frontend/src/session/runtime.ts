import { SESSION_LIFETIME_SECONDS, type SessionCookie, sessionCookie } from './cookie';
import { IdentityApi } from './identity-api';
import { type Renewals, SessionKeeper } from './session-keeper';
import { readWebSettings, type WebSettings } from './settings';
import { MemorySessionStore, type SessionMap } from './store';

const MAX_SESSIONS = 20_000;
const SWEEP_MS = 60_000;

interface SharedState {
  readonly sessions: SessionMap;
  readonly renewals: Renewals;
}

declare global {
  var glucolensSessions: SharedState | undefined;
}

export interface SessionRuntime {
  readonly settings: WebSettings;
  readonly cookie: SessionCookie;
  readonly keeper: SessionKeeper;
}

const now = () => Date.now();
const limits = { lifetimeMs: SESSION_LIFETIME_SECONDS * 1000, maxSessions: MAX_SESSIONS };

/**
 * The one place that reads the environment and the clock. Next gives pages, actions and route handlers each their own
 * copy of a module, so the state itself hangs on `globalThis`; it is plain data, whichever copy made it.
 */
export function sessionRuntime(): SessionRuntime {
  const settings = readWebSettings(process.env);
  const { sessions, renewals } = (globalThis.glucolensSessions ??= createState());
  const store = new MemorySessionStore(sessions, limits, now);
  return {
    settings,
    cookie: sessionCookie(settings),
    keeper: new SessionKeeper(store, new IdentityApi(settings.apiUrl), renewals, now),
  };
}

function createState(): SharedState {
  const sessions: SessionMap = new Map();
  const store = new MemorySessionStore(sessions, limits, now);
  setInterval(() => store.sweep(), SWEEP_MS).unref();
  return { sessions, renewals: new Map() };
}
