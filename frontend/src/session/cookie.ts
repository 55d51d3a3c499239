import type { WebSettings } from './settings';

export const SESSION_LIFETIME_SECONDS = 12 * 60 * 60;

export interface SessionCookie {
  readonly name: string;
  readonly options: {
    readonly httpOnly: true;
    readonly secure: boolean;
    readonly sameSite: 'lax';
    readonly path: '/';
    readonly maxAge: number;
  };
}

/**
 * Over https the `__Host-` prefix makes the browser refuse a cookie planted by a sibling domain or over http. Browsers
 * drop such a cookie on a plain http address, so there it goes without.
 */
export function sessionCookie(settings: Pick<WebSettings, 'publicOrigin'>): SessionCookie {
  const secure = settings.publicOrigin?.startsWith('https:') ?? false;
  return {
    name: secure ? '__Host-gl_session' : 'gl_session',
    options: { httpOnly: true, secure, sameSite: 'lax', path: '/', maxAge: SESSION_LIFETIME_SECONDS },
  };
}

/** The value of one cookie in a `Cookie` header. Session ids need no decoding. */
export function cookieValue(header: string | null, name: string): string | null {
  for (const pair of (header ?? '').split(';')) {
    const separator = pair.indexOf('=');
    if (separator > 0 && pair.slice(0, separator).trim() === name) return pair.slice(separator + 1).trim();
  }
  return null;
}

export function setCookieHeader(cookie: SessionCookie, value: string, maxAgeSeconds = cookie.options.maxAge): string {
  const secure = cookie.options.secure ? '; Secure' : '';
  return `${cookie.name}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secure}`;
}

export function clearCookieHeader(cookie: SessionCookie): string {
  return setCookieHeader(cookie, '', 0);
}
