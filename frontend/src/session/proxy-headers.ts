import type { CallerHeaders } from './caller';

const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** Credentials of the browser, what describes the first hop only, and what would make the API judge a cross-origin call. */
const NOT_FOR_THE_API = [
  ...HOP_BY_HOP,
  'authorization',
  'content-length',
  'cookie',
  'expect',
  'forwarded',
  'host',
  'origin',
  'referer',
  'x-real-ip',
];
const NOT_FOR_THE_API_PREFIX = /^(sec-|x-middleware-|x-invoke-|x-nextjs-|next-|rsc$)/;

const NOT_FOR_THE_BROWSER = [...HOP_BY_HOP, 'content-encoding', 'content-length', 'set-cookie', 'www-authenticate'];

/** An encoded answer would reach the browser decoded and still labelled as encoded: the API is asked for plain bytes. */
export function requestHeaders(incoming: Headers, caller: CallerHeaders, token: string | null): Headers {
  const headers = withoutHeaders(incoming, NOT_FOR_THE_API);
  for (const name of incoming.keys()) if (NOT_FOR_THE_API_PREFIX.test(name)) headers.delete(name);
  for (const [name, value] of Object.entries(caller)) headers.set(name, value);
  headers.set('accept-encoding', 'identity');
  if (token) headers.set('authorization', `Bearer ${token}`);
  return headers;
}

export function responseHeaders(answer: Headers, requestId: string): Headers {
  const headers = withoutHeaders(answer, NOT_FOR_THE_BROWSER);
  headers.set('cache-control', 'private, no-store');
  if (!headers.has('x-request-id')) headers.set('x-request-id', requestId);
  if (headers.get('content-type')?.startsWith('text/event-stream')) {
    headers.set('cache-control', 'private, no-store, no-cache, no-transform');
    headers.set('x-accel-buffering', 'no');
  }
  return headers;
}

function withoutHeaders(original: Headers, names: readonly string[]): Headers {
  const headers = new Headers(original);
  const namedByConnection = (original.get('connection') ?? '').split(',').map((name) => name.trim());
  for (const name of [...names, ...namedByConnection]) if (/^[\w-]+$/.test(name)) headers.delete(name);
  return headers;
}
