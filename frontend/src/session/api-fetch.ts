import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { ApiProblem } from './api-problem';
import { type CallerHeaders, callerHeaders } from './caller';
import { signInPath } from './next-path';
import { REQUEST_PATH_HEADER } from './request-path';
import { sessionRuntime } from './runtime';

/**
 * Calls the API for the person signed in; `path` starts at `/api/v1`. Sends whoever has no session (any more) to sign
 * in and back. Throws an `ApiProblem` when the API cannot be reached; what it answers is for the caller to read.
 */
export async function apiFetch(path: string, init: RequestInit = {}): Promise<Response> {
  const { settings, cookie, keeper } = sessionRuntime();
  const incoming = await headers();
  const caller = callerHeaders(incoming);
  const sessionId = (await cookies()).get(cookie.name)?.value;
  const toSignIn = () => redirect(signInPath(incoming.get(REQUEST_PATH_HEADER)));

  const token = sessionId ? await keeper.accessToken(sessionId, caller) : null;
  if (!sessionId || !token) return toSignIn();
  const answer = await askApi(settings.apiUrl + path, init, caller, token);
  if (answer.status !== 401) return answer;

  const renewed = await keeper.accessToken(sessionId, caller, token);
  if (!renewed) return toSignIn();
  const secondAnswer = await askApi(settings.apiUrl + path, init, caller, renewed);
  return secondAnswer.status === 401 ? toSignIn() : secondAnswer;
}

/** Whether the browser carries a session that is still alive. A cookie alone proves nothing. */
export async function hasSession(): Promise<boolean> {
  const { cookie, keeper } = sessionRuntime();
  const sessionId = (await cookies()).get(cookie.name)?.value;
  return sessionId ? keeper.isOpen(sessionId) : false;
}

async function askApi(url: string, init: RequestInit, caller: CallerHeaders, token: string): Promise<Response> {
  const sent = new Headers(init.headers);
  for (const [name, value] of Object.entries(caller)) sent.set(name, value);
  sent.set('authorization', `Bearer ${token}`);
  if (!sent.has('accept')) sent.set('accept', 'application/json');
  try {
    return await fetch(url, { ...init, headers: sent, cache: 'no-store', redirect: 'manual' });
  } catch {
    throw ApiProblem.unavailable(caller['x-request-id']);
  }
}
