import { expect, type Page, test } from '@playwright/test';
import { FROM_OUR_PAGE, asNewPerson } from './support/people';
import { openSettled } from './support/settled';

const channels = (page: Page) => page.getByRole('region', { name: 'Where alerts go' }).getByRole('listitem');

test('an e-mail address is asked for its code before any alert goes there, and is removed again', async ({ page }) => {
  await asNewPerson(page);
  await openSettled(page, '/account/alerts');
  await expect(page.getByText('No alert reaches you while no page is open.')).toBeVisible();
  await page.getByLabel('E-mail address').fill('kim@example.org');
  await page.getByRole('button', { name: 'Send a code' }).click();
  const channel = channels(page);
  await expect(channel).toContainText('kim@example.org');
  await expect(channel).toContainText('Not confirmed: no alert goes there yet');
  await channel.getByLabel('Code of 6 digits').fill('000 000');
  await channel.getByRole('button', { name: 'Confirm' }).click();
  await expect(channel.getByRole('alert')).toContainText('This is not the code that was sent.');

  await channel.getByRole('button', { name: 'Remove: kim@example.org' }).click();
  await channel.getByRole('button', { name: 'Cancel' }).click();
  await expect(channel).toHaveCount(1);
  await channel.getByRole('button', { name: 'Remove: kim@example.org' }).click();
  await channel.getByRole('button', { name: 'Remove it' }).click();
  await expect(channel).toHaveCount(0);
});

test('wording and quiet hours of a way are kept', async ({ page }) => {
  await asNewPerson(page);
  const data = { kind: 'email', address: 'kim@example.org', label: 'Mine', timeZone: 'Europe/Berlin' };
  await page.request.post('/api/v1/alert-channels', { data, headers: FROM_OUR_PAGE });
  await openSettled(page, '/account/alerts');
  const channel = channels(page);
  await channel.getByText('Name, wording and quiet hours').click();
  await channel.getByLabel('Name, value and rule').check();
  await channel.getByLabel('From').fill('22:00');
  await channel.getByRole('button', { name: 'Save' }).click();
  expect(await channel.getByLabel('Until').evaluate((end: HTMLInputElement) => end.validity.valueMissing)).toBe(true);
  await channel.getByLabel('Until').fill('06:30');
  await channel.getByRole('button', { name: 'Save' }).click();
  await expect(channel.getByText('Saved.')).toBeVisible();
  const { items } = await (await page.request.get('/api/v1/alert-channels')).json();
  expect(items).toMatchObject([
    { content: 'full', quietHours: [{ fromMinute: 1320, toMinute: 390, least: 'urgent' }] },
  ]);
});

test('without a network nothing is added, and the page stays with what was typed', async ({ page }) => {
  await asNewPerson(page);
  await openSettled(page, '/account/alerts');
  const address = page.getByLabel('E-mail address');
  await address.fill('kim@example.org');
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Send a code' }).click();
  await expect(page.getByText('The server cannot be reached just now.')).toBeVisible();
  await expect(address).toHaveValue('kim@example.org');
  await page.context().setOffline(false);
});

test('a webhook is tried at once, and what came of it is told', async ({ page }) => {
  await asNewPerson(page);
  await openSettled(page, '/account/alerts');
  await page.getByLabel('Address of the webhook (https)').fill('https://receiver.invalid/alerts');
  await page.getByRole('button', { name: 'Add and try' }).click();
  await expect(channels(page)).toContainText('https://receiver.invalid/alerts', { timeout: 30_000 });
  await expect(channels(page)).toContainText('Not confirmed: no alert goes there yet');
  await channels(page)
    .getByRole('button', { name: /^Show secret/ })
    .click();
  await expect(channels(page)).toContainText('Secret:');
});

test.describe('this browser', () => {
  test('says that notifications are blocked', async ({ page }) => {
    await page.addInitScript(() => Object.defineProperty(Notification, 'permission', { get: () => 'denied' }));
    await asNewPerson(page);
    await openSettled(page, '/account/alerts');
    await expect(page.getByText('Notifications are blocked in this browser.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Add this browser' })).toBeDisabled();
  });

  test('is added once it may show notifications', async ({ page, context }) => {
    await context.grantPermissions(['notifications']);
    // No push service can be reached from a test: what it would answer is put in its place.
    await page.addInitScript(() => {
      Object.defineProperty(Notification, 'permission', { get: () => 'granted' });
      Notification.requestPermission = async () => 'granted';
      PushManager.prototype.subscribe = async function () {
        const keys = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
        const base64 = (bytes: Uint8Array) =>
          btoa(String.fromCharCode(...bytes))
            .replaceAll('+', '-')
            .replaceAll('/', '_')
            .replaceAll('=', '');
        const p256dh = base64(new Uint8Array(await crypto.subtle.exportKey('raw', keys.publicKey)));
        const auth = base64(crypto.getRandomValues(new Uint8Array(16)));
        const json = { endpoint: 'https://push.invalid/send/1', keys: { p256dh, auth } };
        return { toJSON: () => json } as unknown as PushSubscription;
      };
    });
    await asNewPerson(page);
    await openSettled(page, '/account/alerts');
    await page.getByRole('button', { name: 'Add this browser' }).click();
    await expect(channels(page)).toContainText('push.invalid', { timeout: 30_000 });
    expect(await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.scriptURL)).toMatch(
      /\/alerts-worker\.js$/,
    );
  });
});
