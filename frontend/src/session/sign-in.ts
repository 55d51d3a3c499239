import { cookies, headers } from 'next/headers';
import { ApiProblem } from './api-problem';
import { callerHeaders } from './caller';
import { sessionRuntime } from './runtime';

export type SignInFailure =
  | { readonly ok: false; readonly reason: 'wrong-credentials' | 'unavailable' }
  | { readonly ok: false; readonly reason: 'too-many'; readonly waitSeconds: number };
export type SignInResult = { readonly ok: true } | SignInFailure;

const DEFAULT_WAIT_SECONDS = 60;

/** Only in a server action or a route handler, where cookies can be set. */
export async function signIn(email: string, password: string): Promise<SignInResult> {
  const { cookie, keeper } = sessionRuntime();
  const jar = await cookies();
  const previousId = jar.get(cookie.name)?.value ?? null;
  try {
    const id = await keeper.open(email, password, callerHeaders(await headers()), previousId);
    jar.set(cookie.name, id, cookie.options);
    return { ok: true };
  } catch (error) {
    return failureOf(error);
  }
}

/** The same in a server action or a route handler. */
export async function signOut(): Promise<void> {
  const { cookie, keeper } = sessionRuntime();
  const jar = await cookies();
  const id = jar.get(cookie.name)?.value;
  if (id) await keeper.close(id, callerHeaders(await headers()));
  jar.set(cookie.name, '', { ...cookie.options, maxAge: 0 });
}

/** What the answer to signing out says: a shared computer keeps nothing. */
export const CLEAR_SITE_DATA = '"cache", "cookies", "storage"';

/** An unknown address, a wrong password and a malformed address read the same: none tells whether an account exists. */
function failureOf(error: unknown): SignInResult {
  if (!(error instanceof ApiProblem)) throw error;
  if (error.status === 429)
    return { ok: false, reason: 'too-many', waitSeconds: error.retryAfterSeconds ?? DEFAULT_WAIT_SECONDS };
  return { ok: false, reason: error.status < 500 ? 'wrong-credentials' : 'unavailable' };
}
