import { apiPath } from './api-path';
import { ApiProblem, problemDocument, problemResponse } from './api-problem';
import { requestIdOf, callerHeaders } from './caller';
import { cookieValue } from './cookie';
import { requestHeaders, responseHeaders } from './proxy-headers';
import type { SessionRuntime } from './runtime';
import { isSameOrigin } from './same-origin';

/** Bodies up to this size are kept, so that a call can be repeated after its token was renewed. Larger ones stream. */
const REPEATABLE_BYTES = 64 * 1024;

/**
 * Passes a request of the browser on to the API with the session's access token. Bodies stream both ways; no cookie
 * and no token crosses in either direction.
 */
export async function proxyToApi(request: Request, { settings, cookie, keeper }: SessionRuntime): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  const url = new URL(request.url);
  const path = apiPath(url.pathname);
  if (!path) return problemResponse(problemDocument(404, 'NOT_FOUND', 'There is nothing here', requestId));
  if (!isSameOrigin(request, settings.publicOrigin)) return crossSiteRefusal(requestId);

  const caller = callerHeaders(withRequestId(request.headers, requestId));
  const sessionId = cookieValue(request.headers.get('cookie'), cookie.name);
  const body = await readBody(request);
  const send = (token: string | null) => {
    const headers = requestHeaders(request.headers, caller, token);
    return askApi(
      settings.apiUrl + path + url.search,
      { method: request.method, headers, signal: request.signal },
      body,
    );
  };

  try {
    let token = sessionId ? await keeper.accessToken(sessionId, caller) : null;
    let answer = await send(token);
    if (answer.status === 401 && sessionId && token) {
      token = await keeper.accessToken(sessionId, caller, token);
      if (token && !(body instanceof ReadableStream)) {
        await answer.body?.cancel();
        answer = await send(token);
      }
    }
    return new Response(answer.body, { status: answer.status, headers: responseHeaders(answer.headers, requestId) });
  } catch (error) {
    if (request.signal.aborted) return new Response(null, { status: 499 });
    const problem = error instanceof ApiProblem ? error : ApiProblem.unavailable(requestId);
    const wait = problem.retryAfterSeconds;
    return problemResponse(problem.document, wait === null ? {} : { 'retry-after': String(wait) });
  }
}

export function crossSiteRefusal(requestId: string): Response {
  return problemResponse(
    problemDocument(403, 'FORBIDDEN', 'This is not permitted', requestId, 'The request came from another site.'),
  );
}

type Body = ArrayBuffer | ReadableStream<Uint8Array> | null;

async function readBody(request: Request): Promise<Body> {
  if (!request.body || request.method === 'GET' || request.method === 'HEAD') return null;
  const length = Number(request.headers.get('content-length') ?? Number.NaN);
  return length <= REPEATABLE_BYTES ? request.arrayBuffer() : request.body;
}

function askApi(url: string, init: RequestInit, body: Body): Promise<Response> {
  const streaming = body instanceof ReadableStream ? { duplex: 'half' as const } : {};
  return fetch(url, { ...init, ...streaming, body, cache: 'no-store', redirect: 'manual' });
}

function withRequestId(headers: Headers, requestId: string): Headers {
  const copy = new Headers(headers);
  copy.set('x-request-id', requestId);
  return copy;
}
