import { type NextRequest, NextResponse } from 'next/server';
import { isUnitKey, UNIT_COOKIE } from './preferences/preferences';
import { REQUEST_PATH_HEADER } from './session/request-path';

const ONE_YEAR_SECONDS = 31_536_000;
/** `display:none`, which React writes on the SVG parts of a page that stream in late. No other inline style is allowed. */
const DISPLAY_NONE = "'sha256-aqNNdDLnnrDOnTNdkJpYlAxKVJtLt9CtFLklmInuUAE='";

/** Headers of every page. Who may see what is decided by the API on every request, never here. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const policy = contentSecurityPolicy(nonce);
  const forwarded = new Headers(request.headers);
  forwarded.set('x-nonce', nonce);
  forwarded.set('content-security-policy', policy);
  forwarded.set(REQUEST_PATH_HEADER, request.nextUrl.pathname + request.nextUrl.search);

  const response = NextResponse.next({ request: { headers: forwarded } });
  response.headers.set('content-security-policy', policy);
  response.headers.set('x-content-type-options', 'nosniff');
  // Not 'no-referrer': with it browsers send `Origin: null` with a plain form, and sign-in without JavaScript is refused.
  response.headers.set('referrer-policy', 'same-origin');
  response.headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=()');
  response.headers.set('cross-origin-opener-policy', 'same-origin');
  response.headers.set('cache-control', 'private, no-store');
  rememberUnit(request, response);
  return response;
}

function contentSecurityPolicy(nonce: string): string {
  const development = process.env.NODE_ENV === 'development';
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    `style-src-attr 'unsafe-hashes' ${DISPLAY_NONE}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** `?unit=` is a choice that lasts; server components cannot set cookies, so it is kept here. */
function rememberUnit(request: NextRequest, response: NextResponse): void {
  const unit = request.nextUrl.searchParams.get('unit');
  if (!isUnitKey(unit) || request.cookies.get(UNIT_COOKIE)?.value === unit) return;
  response.cookies.set(UNIT_COOKIE, unit, { sameSite: 'lax', path: '/', httpOnly: true, maxAge: ONE_YEAR_SECONDS });
}

export const config = { matcher: ['/((?!api/|_next/static|_next/image|healthz|sign-out|icon.svg).*)'] };
