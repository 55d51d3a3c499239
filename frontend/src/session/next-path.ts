const ANYWHERE = 'http://same.invalid';

/**
 * Where to go after signing in: a path on this site, or the start page. Everything a browser could read as another
 * origin (`//host`, `/\host`, a scheme, control characters it would skip) is refused.
 */
export function safeNextPath(next: unknown, fallback = '/'): string {
  if (typeof next !== 'string' || !next.startsWith('/') || next.length > 2000) return fallback;
  if ([...next].some((character) => character <= ' ' || character === '\\' || character === '\u007f')) return fallback;
  if (!URL.canParse(next, ANYWHERE)) return fallback;
  const url = new URL(next, ANYWHERE);
  if (url.origin !== ANYWHERE || url.pathname.startsWith('//')) return fallback;
  const leadsBack = /^\/(sign-in|sign-out|api)(\/|$)/.test(url.pathname);
  return leadsBack ? fallback : url.pathname + url.search + url.hash;
}

export function signInPath(next: string | null): string {
  const path = safeNextPath(next);
  return path === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path)}`;
}
