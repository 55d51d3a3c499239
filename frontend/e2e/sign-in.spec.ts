import { expect, test } from './support/fixtures';
import { openSettled } from './support/settled';
import { fillSignIn, type Login, registerPerson } from './support/people';

let person: Login;
test.beforeEach(async ({ request }) => {
  person = await registerPerson(request);
});

test('signs in, leads back to where one wanted to go, and signs out again', { tag: '@look' }, async ({ page }) => {
  await page.goto('/patients?query=robin');
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await fillSignIn(page, person);
  await expect(page).toHaveURL(/\/patients\?query=robin$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Patients');

  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.goto('/patients');
  await expect(page).toHaveURL(/\/sign-in/);
  expect((await page.context().cookies()).map((cookie) => cookie.name)).not.toContain('gl_session');
});

test('does not bring back a page after sign-out', async ({ page }) => {
  await page.goto('/sign-in');
  await fillSignIn(page, person);
  await page.waitForURL(/\/patients/);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(/\/sign-in/);
  await page.goBack();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.reload();
  await expect(page).toHaveURL(/\/sign-in/);
});

test('says the same of a wrong password and of an unknown address, and keeps the address', async ({ page }) => {
  await page.goto('/sign-in');
  await fillSignIn(page, { ...person, password: 'not the password' });
  const alert = page.getByRole('alert').filter({ hasText: /\S/ });
  await expect(alert).toBeVisible();
  const wrongPassword = await alert.textContent();
  await expect(page.getByLabel('Email')).toHaveValue(person.email);
  await expect(page.getByLabel('Password')).toHaveValue('');

  await fillSignIn(page, { email: `nobody-${person.email}`, password: 'not the password' });
  await expect(page.getByLabel('Email')).toHaveValue(`nobody-${person.email}`);
  await expect(alert).toHaveText(wrongPassword ?? '');
});

test('without a network it says that nothing was sent, keeps what was typed, and signs in once there is one', async ({
  page,
}) => {
  await openSettled(page, '/sign-in');
  await page.context().setOffline(true);
  await fillSignIn(page, person);
  await expect(page.getByRole('alert').filter({ hasText: 'Nothing was sent' })).toBeVisible();
  await expect(page.getByLabel('Email')).toHaveValue(person.email);
  await expect(page.getByLabel('Password')).toHaveValue(person.password);
  await page.context().setOffline(false);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/patients/);
});

test('says how long to wait after too many attempts', async ({ page, failingWeb }) => {
  await page.goto(`${failingWeb.url}/sign-in`);
  failingWeb.overload(37);
  await fillSignIn(page, person);
  await expect(page.getByRole('alert').filter({ hasText: 'Too many attempts' })).toContainText('37 seconds');
  await expect(page.getByLabel('Email')).toHaveValue(person.email);
  failingWeb.mend();
});

test('says so when the service cannot be reached, and lets one in when it is back', async ({ page, failingWeb }) => {
  await page.goto(`${failingWeb.url}/sign-in`);
  failingWeb.cut();
  await fillSignIn(page, person);
  await expect(page.getByRole('alert').filter({ hasText: 'cannot be reached' })).toBeVisible();
  failingWeb.mend();
  await fillSignIn(page, person);
  await expect(page).toHaveURL(/:\d+\/patients(\/|$)/);
});

test('leads nowhere but to this site', async ({ page }) => {
  await page.goto('/sign-in?next=%2F%2Fevil.example%2F');
  await fillSignIn(page, person);
  await expect(page).toHaveURL(/:\d+\/patients(\/|$)/);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('signs in and out with plain forms', async ({ page }) => {
    await page.goto('/sign-in?next=%2Fpatients%3Fquery%3Drobin');
    await fillSignIn(page, { ...person, password: 'wrong' });
    await expect(page.getByRole('alert')).toContainText('do not match');
    await expect(page.getByLabel('Email')).toHaveValue(person.email);
    await fillSignIn(page, person);
    await expect(page).toHaveURL(/\/patients\?query=robin$/);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page).toHaveURL(/\/sign-in$/);
  });
});
