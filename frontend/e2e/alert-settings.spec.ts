import { expect, type Page, test } from '@playwright/test';
import { sendReadings } from './support/alerts';
import { clinicOf } from './support/clinic';
import { asNewPerson, openSession } from './support/people';
import { CLINICIAN_STATE, DEMO_ADMINISTRATOR } from './support/settings';
import { openSettled } from './support/settled';

/** The card of one rule, by its exact name. */
const rule = (page: Page, name: string) => page.getByRole('group', { name, exact: true });
const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click();
const saved = (page: Page) => page.getByText('Saved. It holds from now on.');

test('an impossible limit is refused at its field, and a possible one holds and is told to be the own one', async ({
  page,
}) => {
  const id = await asNewPerson(page);
  await openSettled(page, `/patients/${id}/alert-settings`);
  const limit = rule(page, 'Low').getByLabel('Limit');
  await expect(limit).toHaveValue('70');
  await expect(rule(page, 'Low')).toContainText('Default');

  await limit.fill('300');
  await save(page);
  await expect(page.getByRole('alert').filter({ hasText: 'Nothing was saved' })).toContainText(
    'Low, Limit: It must be 54 to 120 mg/dL.',
  );
  await expect(limit).toHaveValue('300');
  await expect(limit).toHaveAttribute('aria-invalid', 'true');
  await expect(limit).toHaveAccessibleDescription('It must be 54 to 120 mg/dL.');

  await limit.fill('seventy');
  await save(page);
  await expect(limit).toHaveAccessibleDescription('A number is needed.');

  await limit.fill('75');
  await save(page);
  await expect(saved(page)).toBeVisible();
  await expect(limit).toHaveValue('75');
  await expect(limit).toHaveAccessibleDescription('Own value; without it 70');
  await expect(page).toHaveURL(/alert-settings$/);
  await page.reload();
  await expect(limit).toHaveValue('75');
  await expect(saved(page)).toBeHidden();

  await page.getByRole('button', { name: 'Low: fill in the defaults', exact: true }).click();
  await expect(limit).toHaveValue('70');
  await save(page);
  await expect(limit).toHaveAccessibleDescription('Default');
});

test('limits are shown and taken in the unit of the page, with a decimal comma as well', async ({ page }) => {
  const id = await asNewPerson(page);
  await openSettled(page, `/patients/${id}/alert-settings?unit=mmoll`);
  const limit = rule(page, 'High').getByLabel('Limit');
  await expect(limit).toHaveValue('13.9');
  await limit.fill('12,5');
  await save(page);
  await expect(saved(page)).toBeVisible();
  await expect(limit).toHaveValue('12.5');
  const { settings } = await (await page.request.get(`/api/v1/patients/${id}/alert-settings?unit=mmol/L`)).json();
  expect(settings.high.threshold).toEqual({ value: 12.5, unit: 'mmol/L' });
});

test('Enter in a field saves it, and resets nothing', async ({ page }) => {
  const id = await asNewPerson(page);
  await openSettled(page, `/patients/${id}/alert-settings`);
  const low = rule(page, 'Low').getByLabel('Limit');
  await low.fill('75');
  await low.press('Enter');
  await expect(saved(page)).toBeVisible();
  await expect(low).toHaveAccessibleDescription('Own value; without it 70');

  const high = rule(page, 'High').getByLabel('Limit');
  await high.fill('240');
  await high.press('Enter');
  await expect(high).toHaveAccessibleDescription('Own value; without it 250');
  await expect(low).toHaveAccessibleDescription('Own value; without it 70');
  const { settings } = await (await page.request.get(`/api/v1/patients/${id}/alert-settings`)).json();
  expect([settings.low.threshold.value, settings.high.threshold.value]).toEqual([75, 240]);
});

test('without a network the form stays with what was typed, and is saved once there is one', async ({ page }) => {
  const id = await asNewPerson(page);
  await openSettled(page, `/patients/${id}/alert-settings`);
  const limit = rule(page, 'Low').getByLabel('Limit');
  await limit.fill('75');
  await page.context().setOffline(true);
  await save(page);
  await expect(page.getByRole('alert').filter({ hasText: 'Nothing was saved' })).toContainText('cannot be reached');
  await expect(limit).toHaveValue('75');
  await page.context().setOffline(false);
  await save(page);
  await expect(limit).toHaveAccessibleDescription('Own value; without it 70');
});

test('what settings would have meant is told before they are saved, and saves nothing', async ({ page }) => {
  const id = await asNewPerson(page);
  await sendReadings(page.request, id, [110, 104, 98, 92, 88, 88, 92, 98, 104, 110]);
  await openSettled(page, `/patients/${id}/alert-settings`);
  await rule(page, 'Low').getByLabel('Limit').fill('95');
  await page.getByRole('button', { name: 'What would this have meant?' }).click();
  const preview = page.getByRole('region', { name: /^The past 14 days/ });
  await expect(preview.getByRole('row', { name: 'Low 0 1' })).toBeVisible();
  await expect(rule(page, 'Low').getByLabel('Limit')).toHaveValue('95');
  await expect(page.getByText('Nothing was changed so far.')).toBeVisible();
  const { history } = await (await page.request.get(`/api/v1/patients/${id}/alert-settings`)).json();
  expect(history).toEqual([]);
});

test('a schedule is added, named where it is wrong, and removed', async ({ page }) => {
  const id = await asNewPerson(page);
  await openSettled(page, `/patients/${id}/alert-settings`);
  await page.getByRole('radio', { name: 'Own schedules' }).check();
  await page.getByText('Add a schedule').click();
  await page.getByLabel('Name').fill('Night');
  await page.getByLabel('From', { exact: true }).and(page.locator('[type=time]')).fill('22:00');
  await page.getByLabel('Until').fill('22:00');
  await page.getByRole('checkbox', { name: 'Fri' }).check();
  await page.getByRole('group', { name: 'Low in new schedule', exact: true }).getByLabel('Limit').fill('80');
  await save(page);
  await expect(page.getByRole('alert').filter({ hasText: 'Nothing was saved' })).toContainText('Night: Until');
  await page.getByLabel('Until').first().fill('06:30');
  await save(page);
  await expect(saved(page)).toBeVisible();
  const report = async () => (await page.request.get(`/api/v1/patients/${id}/alert-settings`)).json();
  expect((await report()).schedules).toMatchObject([
    { name: 'Night', fromMinute: 1320, toMinute: 390, weekdays: [5], override: { low: { threshold: { value: 80 } } } },
  ]);
  await page.getByText('Night', { exact: true }).click();
  await page.getByLabel('Remove this schedule when saving').check();
  await save(page);
  await expect(page.getByText('Night', { exact: true })).toHaveCount(0);
  expect((await report()).schedules).toEqual([]);
});

test('a schedule that would not hold is not dropped without a word', async ({ page }) => {
  const id = await asNewPerson(page);
  await openSettled(page, `/patients/${id}/alert-settings`);
  await page.getByText('Add a schedule').click();
  await page.getByLabel('Name').fill('Night');
  await save(page);
  const own = page.getByRole('radio', { name: 'Own schedules' });
  await expect(own).toHaveAccessibleDescription('A schedule was filled in: choose “Own schedules”, or empty it.');
  await own.check();
  await save(page);
  await expect(page.getByRole('alert').filter({ hasText: 'Nothing was saved' })).toContainText('Night: From');
  await expect(page.getByLabel('Name').first()).toHaveValue('Night');
});

test('what a clinic alerts its patients to is seen by its members and changed by its clinicians', async ({
  browser,
}) => {
  const clinician = await (await browser.newContext({ storageState: CLINICIAN_STATE })).newPage();
  const address = `/clinics/${await clinicOf(clinician.request)}/alert-settings`;
  await openSettled(clinician, '/alerts');
  await clinician.getByRole('link', { name: /^What .* alerts to$/ }).click();
  await expect(clinician.getByRole('heading', { level: 1 })).toHaveText('Alert settings');
  await rule(clinician, 'Urgent low').getByLabel('Limit').fill('10');
  await save(clinician);
  await expect(rule(clinician, 'Urgent low').getByLabel('Limit')).toHaveAccessibleDescription(/It must be 40 to 70/);

  const administrator = await (await browser.newContext()).newPage();
  await openSession(administrator.request, DEMO_ADMINISTRATOR);
  await openSettled(administrator, address);
  await expect(administrator.getByText('Only clinicians of the clinic change this.')).toBeVisible();
  await expect(rule(administrator, 'Low').getByLabel('Limit')).toBeDisabled();
  await expect(administrator.getByRole('button', { name: 'Save', exact: true })).toHaveCount(0);
});
