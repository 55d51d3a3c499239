import { expect, type Response, test } from '@playwright/test';
import { patientNamed } from './support/clinic';
import { FROM_OUR_PAGE, fillSignIn, openSession, registerPerson } from './support/people';
import { CLINICIAN_STATE, DEMO_PATIENT_NAME, SETTINGS } from './support/settings';
import { openSettled, withoutLive } from './support/settled';

/** A signed token, or one of the words that carry tokens on the wire. */
const TOKEN = /eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}|accessToken|refreshToken/;

test('no token reaches the browser: not in an answer, a header, a cookie a script can read, or storage', async ({
  page,
  request,
}) => {
  const person = await registerPerson(request);
  const answers: Response[] = [];
  await withoutLive(page);
  page.on('response', (answer) => answers.push(answer));
  await openSettled(page, '/sign-in');
  await fillSignIn(page, person);
  await page.waitForURL(/\/patients/);
  await page.evaluate(() => fetch('/api/v1/auth/me').then((answer) => answer.text()));
  await page.waitForLoadState('networkidle');

  for (const answer of answers) {
    const isText = /text|json|javascript/.test(answer.headers()['content-type'] ?? '');
    const body = isText ? await answer.text().catch(() => '') : '';
    const isOurScript = answer.url().includes('/_next/static/');
    if (!isOurScript) expect(body, answer.url()).not.toMatch(TOKEN);
    expect(JSON.stringify(await answer.allHeaders()), answer.url()).not.toMatch(TOKEN);
  }
  expect(answers.length).toBeGreaterThan(3);

  const readable = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
  );
  expect(readable).not.toMatch(/session|token|eyJ/i);
});

test('the session cookie is opaque and out of reach of scripts', async ({ page, request }) => {
  await openSession(page.request, await registerPerson(request));
  const cookie = (await page.context().cookies()).find(({ name }) => name.endsWith('gl_session'));
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  expect(cookie?.value).toMatch(/^[\w-]{43}$/);
  const hours = ((cookie?.expires ?? 0) - (await page.evaluate(() => performance.timeOrigin / 1000))) / 3600;
  expect(hours).toBeGreaterThan(11.9);
  expect(hours).toBeLessThan(12.1);
});

for (const name of ['login', 'refresh']) {
  test(`auth/${name} cannot be reached through the web`, async ({ request }) => {
    const answer = await request.post(`/api/v1/auth/${name}`, { data: {}, headers: FROM_OUR_PAGE });
    expect(answer.status()).toBe(404);
    expect(answer.headers()['content-type']).toContain('application/problem+json');
  });
}

test('a change asked for by another site is refused, a link from there may read', async ({
  page,
  request,
  browser,
}) => {
  const person = await registerPerson(request);
  await openSession(page.request, person);
  for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, {}]) {
    const change = await page.request.put('/api/v1/auth/profile', { data: { displayName: 'Changed' }, headers });
    expect(change.status(), JSON.stringify(headers)).toBe(403);
    expect(change.headers()['content-type']).toContain('application/problem+json');
  }
  const signIn = await page.request.post('/api/session', { data: person, headers: { 'sec-fetch-site': 'cross-site' } });
  expect(signIn.status()).toBe(403);
  const me = await page.request.get('/api/v1/auth/me', { headers: { 'sec-fetch-site': 'cross-site' } });
  expect((await me.json()).displayName).toBe('Robin Example');

  const context = await browser.newContext({ storageState: await page.context().storageState() });
  const evil = await context.newPage();
  await evil.route('http://evil.example/', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<form method="post" action="${SETTINGS.webUrl}/sign-out"><button>Win a prize</button></form>`,
    }),
  );
  await evil.goto('http://evil.example/');
  const [answer] = await Promise.all([
    evil.waitForResponse(`${SETTINGS.webUrl}/sign-out`),
    evil.getByRole('button').click(),
  ]);
  expect(answer.status()).toBe(403);
  expect((await page.request.get('/api/v1/auth/me')).status()).toBe(200);
  await context.close();
});

test('a stolen cookie is worth nothing after sign-out', async ({ page, request, playwright }) => {
  await openSession(page.request, await registerPerson(request));
  const thief = await playwright.request.newContext({
    baseURL: SETTINGS.webUrl,
    storageState: await page.context().storageState(),
  });
  expect((await thief.get('/api/v1/auth/me')).status()).toBe(200);
  const end = await page.request.delete('/api/session', { headers: FROM_OUR_PAGE });
  expect(end.status()).toBe(204);
  expect(end.headers()['clear-site-data']).toContain('"cache"');
  expect((await thief.get('/api/v1/auth/me')).status()).toBe(401);
  await thief.dispose();
});

test('pages and answers with health data are never cached, and nobody may frame them', async ({ page, request }) => {
  await openSession(page.request, await registerPerson(request));
  const document = await openSettled(page, '/patients');
  expect(document?.headers()['cache-control']).toContain('no-store');
  expect(document?.headers()['content-security-policy']).toMatch(/frame-ancestors 'none'/);
  expect(document?.headers()['content-security-policy']).not.toMatch(/unsafe-inline|unsafe-eval/);
  expect(document?.headers()['x-powered-by']).toBeUndefined();
  const answer = await page.request.get('/api/v1/patients');
  expect(answer.headers()['cache-control']).toBe('private, no-store');
});

test.describe('in the clinic', () => {
  test.use({ storageState: CLINICIAN_STATE });

  test('no page breaks its own policy or ends in an error', async ({ page }) => {
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    const { id } = await patientNamed(page.request, DEMO_PATIENT_NAME);
    for (const address of ['/patients', `/patients/${id}`, `/patients/${id}?days=90`, `/patients/${id}/upload`]) {
      await openSettled(page, address);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    }
    expect(complaints).toEqual([]);
  });
});
