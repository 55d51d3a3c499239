const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

interface IncomingRequest {
  readonly method: string;
  readonly headers: Pick<Headers, 'get'>;
}

/**
 * Whether a request may change anything. Route handlers have no guard of their own against another site posting with
 * this browser's cookie. The browser says where a request came from (`Sec-Fetch-Site`); one too old to say so still
 * sends `Origin` with a post. A request with neither is no page of ours.
 */
export function isSameOrigin(request: IncomingRequest, publicOrigin: string | null): boolean {
  if (SAFE_METHODS.has(request.method)) return true;
  const site = request.headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin';
  const origin = request.headers.get('origin');
  if (!origin || !URL.canParse(origin)) return false;
  return origin === publicOrigin || new URL(origin).host === request.headers.get('host');
}
