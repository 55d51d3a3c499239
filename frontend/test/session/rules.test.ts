import { appendForwardedFor } from '@/session/forwarded-for';
import { clearCookieHeader, cookieValue, sessionCookie, setCookieHeader } from '@/session/cookie';
import { safeNextPath, signInPath } from '@/session/next-path';
import { readWebSettings } from '@/session/settings';

describe('the session cookie', () => {
  it('is bound to the host and to https where people come by https', () => {
    const cookie = sessionCookie({ publicOrigin: 'https://glucolens.example' });
    expect(setCookieHeader(cookie, 'id')).toBe(
      '__Host-gl_session=id; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax; Secure',
    );
    expect(cookie.options).toEqual({ httpOnly: true, secure: true, sameSite: 'lax', path: '/', maxAge: 43_200 });
  });

  it.each([null, 'http://localhost:3000'])('goes without the prefix where the address is %s', (publicOrigin) => {
    const cookie = sessionCookie({ publicOrigin });
    expect(setCookieHeader(cookie, 'id')).toBe('gl_session=id; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax');
    expect(clearCookieHeader(cookie)).toContain('Max-Age=0');
  });

  it('is found among others by its whole name', () => {
    expect(cookieValue('x_gl_session=no; gl_session=yes; a=b', 'gl_session')).toBe('yes');
    expect(cookieValue('gl_sessions=no', 'gl_session')).toBeNull();
    expect(cookieValue(null, 'gl_session')).toBeNull();
  });
});

describe('where sign-in leads', () => {
  it.each(['/patients', '/patients/42?days=30', '/patients?flag=very-low#list'])('back to %s', (path) => {
    expect(safeNextPath(path)).toBe(path);
    expect(signInPath(path)).toBe(`/sign-in?next=${encodeURIComponent(path)}`);
  });

  it.each([
    '//evil.test',
    '/\\evil.test',
    '\\\\evil.test',
    '/\t/evil.test',
    '/.//evil.test',
    '/x/..//evil.test',
    'https://evil.test',
    'javascript:alert(1)',
    'patients',
    '',
    '/sign-in?next=/sign-in',
    '/sign-out',
    '/api/v1/patients',
    `/${'x'.repeat(3000)}`,
    null,
    7,
  ])('to the start page instead of %j', (next) => {
    expect(safeNextPath(next)).toBe('/');
  });
});

describe('the settings of the web process', () => {
  it('reads addresses with and without a scheme', () => {
    expect(readWebSettings({ API_URL: 'api-private:8000' })).toEqual({
      apiUrl: 'http://api-private:8000',
      publicOrigin: null,
    });
    expect(readWebSettings({ API_URL: 'https://api.example/base/', PUBLIC_URL: 'https://web.example/' })).toEqual({
      apiUrl: 'https://api.example/base',
      publicOrigin: 'https://web.example',
    });
    expect(readWebSettings({}).apiUrl).toBe('http://127.0.0.1:8000');
  });
});

describe('the address a request is judged by', () => {
  const forwarded = (claimed: string | undefined) => {
    const headers: Record<string, string> = claimed === undefined ? {} : { 'x-forwarded-for': claimed };
    appendForwardedFor({ headers, socket: { remoteAddress: '192.0.2.7' } });
    return headers['x-forwarded-for'];
  };

  it('ends with the address of the connection, whatever the client claims', () => {
    expect(forwarded(undefined)).toBe('192.0.2.7');
    expect(forwarded('203.0.113.1')).toBe('203.0.113.1, 192.0.2.7');
    expect(forwarded('a, b')).toBe('a, b, 192.0.2.7');
  });
});
