import { expect, test } from '@playwright/test';
import { FALLING_LOW, personGoneLow, sendReadings, shareWith } from './support/alerts';
import { asNewPerson, openSession, registerPerson } from './support/people';
import { openSettled } from './support/settled';

test('who goes low is seen by the person who watches, without a reload, and sees who acknowledged', async ({
  browser,
}) => {
  const watching = await browser.newContext();
  const watcher = await registerPerson(watching.request, 'Sam Watcher');
  await openSession(watching.request, watcher);
  const watch = await watching.newPage();

  const person = await (await browser.newContext()).newPage();
  const patientId = await asNewPerson(person, 'Kim Falling');
  await shareWith(person.request, patientId, watcher);

  await openSettled(watch, '/alerts');
  await expect(watch.getByRole('heading', { name: 'No open alerts' })).toBeVisible();
  await openSettled(person, '/alerts');
  let loads = 0;
  watch.on('load', () => (loads += 1));

  await sendReadings(person.request, patientId, FALLING_LOW);

  const row = watch.getByRole('listitem').filter({ hasText: 'Urgent low' });
  await expect(row).toContainText('Kim Falling', { timeout: 40_000 });
  await expect(row).toContainText('Not acknowledged');
  await expect(watch).toHaveTitle(/^\(\d+\) Alerts/);
  await row.getByRole('button', { name: /^Acknowledge/ }).click();
  await expect(row).toContainText('Acknowledged by Sam Watcher');
  expect(loads).toBe(0);

  const own = person.getByRole('listitem').filter({ hasText: 'Urgent low' });
  await expect(own).toContainText('Acknowledged by Sam Watcher', { timeout: 40_000 });
});

test('a row shows the value of now with its age, beside the one the alert opened on', async ({ browser }) => {
  const { page, patientId } = await personGoneLow(browser, 'Kim Rising', 10);
  await openSettled(page, '/alerts');
  const row = page.getByRole('listitem').filter({ hasText: 'Urgent low' });
  const latest = row.getByRole('group', { name: 'Latest glucose' });
  await expect(latest).toContainText('50');
  await expect(latest).toContainText('10 min ago');
  await sendReadings(page.request, patientId, [58]);
  await expect(latest).toContainText('58', { timeout: 40_000 });
  await expect(latest).toContainText('just now');
  await expect(row).toContainText('opened on 50 mg/dL, 10 min ago');
});

test('a value that has become too old is not shown as a present one', async ({ browser }) => {
  const { page } = await personGoneLow(browser, 'Kim Silent', 45);
  await openSettled(page, '/alerts');
  const latest = page
    .getByRole('listitem')
    .filter({ hasText: 'Urgent low' })
    .getByRole('group', { name: 'Latest glucose' });
  await expect(latest).toHaveText('–No current readinglast 50 mg/dL, 45 min ago');
});

test('an acknowledgement shows once the server has confirmed it, and not before', async ({ browser }) => {
  const { page, alertId } = await personGoneLow(browser);
  await openSettled(page, '/alerts');
  let confirm = () => {};
  const held = new Promise<void>((resolve) => (confirm = resolve));
  await page.route(`**/alerts/${alertId}/acknowledge`, async (route) => {
    await held;
    await route.continue();
  });
  const row = page.getByRole('listitem').filter({ hasText: 'Urgent low' });
  await row.getByRole('button', { name: /^Acknowledge/ }).click();
  await expect(row.getByRole('button', { name: /^Waiting for the server/ })).toBeVisible();
  await expect(row).toContainText('Not acknowledged');
  confirm();
  await expect(row).toContainText('Acknowledged by Robin Example');
  await expect(row).not.toContainText('Not acknowledged');
});

test('a refusal is told, and the alert stays unacknowledged', async ({ browser }) => {
  const { page, alertId } = await personGoneLow(browser);
  await openSettled(page, '/alerts');
  await page.route(`**/alerts/${alertId}/acknowledge`, (route) => route.fulfill({ status: 500, body: '{}' }));
  const row = page.getByRole('listitem').filter({ hasText: 'Urgent low' });
  await row.getByRole('button', { name: /^Acknowledge/ }).click();
  await expect(row.getByRole('alert')).toContainText('Nothing was done');
  await expect(row).toContainText('Not acknowledged');
});

test('a row is answered by single letters while the focus is in it', async ({ browser }) => {
  const { page } = await personGoneLow(browser);
  await openSettled(page, '/alerts');
  const row = page.getByRole('listitem').filter({ hasText: 'Urgent low' });
  await row.getByRole('link').focus();
  await page.keyboard.press('s');
  const choice = row.getByRole('button', { name: /^30 min, until \d\d:\d\d$/ });
  await expect(choice).toBeVisible();
  await choice.focus();
  await page.keyboard.press('Enter');
  await expect(row).toContainText(/Silent for you until \d\d:\d\d/);
  await expect(row.getByRole('link')).toBeFocused();
  await page.keyboard.press('a');
  await expect(row).toContainText('Acknowledged by Robin Example');
  await expect(row.getByRole('link')).toBeFocused();
});

test('without a network nothing can be acknowledged, and the page says how old it is', async ({ browser }) => {
  const { page } = await personGoneLow(browser);
  await openSettled(page, '/alerts');
  await page.context().setOffline(true);
  await expect(page.getByText(/Offline – showing data to \d\d:\d\d/)).toBeVisible();
  const acknowledge = page.getByRole('button', { name: /^Acknowledge: .*Urgent low/ });
  await expect(acknowledge).toHaveAttribute('aria-disabled', 'true');
  await page.context().setOffline(false);
  await expect(acknowledge).not.toHaveAttribute('aria-disabled', 'true', { timeout: 20_000 });
});

test('an alert tells what it opened on and what happened to it since', async ({ browser }) => {
  const { page, alertId } = await personGoneLow(browser);
  await openSettled(page, `/alerts/${alertId}`);
  await page.getByRole('button', { name: 'Acknowledge: Robin Example, Urgent low', exact: true }).click();
  const timeline = page.getByRole('region', { name: 'What happened' });
  await expect(timeline.getByText('Acknowledged · by Robin Example')).toBeVisible();
  await expect(timeline).toContainText('All times on the clock of Europe/Berlin');
  await page.getByText('Show data table').click();
  const table = page.getByRole('table', { name: 'Glucose before and after' });
  await expect(table.getByRole('row').filter({ hasText: '50' }).last()).toBeVisible();
});
