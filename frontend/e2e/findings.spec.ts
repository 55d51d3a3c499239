import { expect, type Page, test } from '@playwright/test';
import { patientNamed } from './support/clinic';
import { CLINICIAN_STATE, DEMO_PATIENT_NAME } from './support/settings';
import { openSettled } from './support/settled';

test.use({ storageState: CLINICIAN_STATE });

test('a clinician has a record looked at, and reads what was found and what it rests on', async ({ page }) => {
  test.setTimeout(180_000);
  const { id } = await patientNamed(page.request, DEMO_PATIENT_NAME);
  await openSettled(page, `/patients/${id}`);
  await page.getByRole('link', { name: 'Findings' }).click();
  await page.getByRole('button', { name: /^Look (now|again)$/ }).click();
  await expect(page.getByRole('status').filter({ hasText: 'under way' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Look again' })).toBeVisible({ timeout: 120_000 });
  const days = page.getByRole('region', { name: 'Days unlike any other' });
  await expect(days.getByRole('listitem').first()).toContainText('on average');
  await expect(days).toContainText(/measured, .* noted\. matrix-profile 1/);
  await expect(page.getByRole('region', { name: 'What goes with glucose from day to day' })).toBeVisible();

  const strange = days.getByRole('figure').first();
  await expect(strange.getByRole('img', { name: /^Glucose from .* over that from/ })).toBeVisible();
  await strange.getByText('Data table').click();
  const [own, other] = [strange.getByRole('columnheader').nth(1), strange.getByRole('columnheader').nth(2)];
  await expect(own).toHaveText('this one, mg/dL');
  await expect(other).toHaveText('most alike, mg/dL');
  await expect(strange.getByRole('row')).toHaveCount(25);
});

test('what recurs is drawn over each other, and each place is named', async ({ page }) => {
  await openAnswered(page);
  const region = page.getByRole('region', { name: 'What recurs' });
  const motif = region.getByRole('figure', { name: 'Shape 1' });
  const places = await region.getByRole('list').first().getByRole('listitem').count();
  expect(places).toBeGreaterThan(1);
  await expect(motif.getByRole('img')).toHaveAccessibleName(new RegExp(`^${places} stretches laid over each other`));
  await motif.getByText('Data table').click();
  await expect(motif.getByRole('columnheader')).toHaveCount(places + 1);
  // Chosen in the address as on the person's own page.
  await page.goto(`${new URL(page.url()).pathname}?unit=mmol`);
  await expect(region.getByRole('listitem').first()).toContainText(/\d\.\d mmol\/L on average/);
});

test('links can be read without the picture, and memory is called no cause', async ({ page }) => {
  await openAnswered(page);
  const region = page.getByRole('region', { name: 'What comes before what' });
  await expect(region).toContainText('never advice on a dose');
  const figure = region.getByRole('figure');
  const sentences = await region.getByRole('listitem').allTextContents();
  await figure.getByText('Data table').click();
  await expect(figure.getByRole('row')).toHaveCount(sentences.length + 1);
  const links = sentences.filter((text) => text.includes('tends to go before'));
  for (const sentence of links)
    await expect(figure.getByRole('img')).toHaveAccessibleName(new RegExp(escaped(sentence)));
  const memory = sentences.filter((text) => !text.includes('tends to go before'));
  if (memory.length > 0) await expect(region.getByRole('heading', { name: 'Memory, which is no cause' })).toBeVisible();
  await expect(figure.getByRole('cell', { name: 'memory', exact: true })).toHaveCount(memory.length);
});

/** The findings of the demo patient, looked for where nobody has yet. */
async function openAnswered(page: Page): Promise<void> {
  test.setTimeout(180_000);
  const { id } = await patientNamed(page.request, DEMO_PATIENT_NAME);
  await openSettled(page, `/patients/${id}/findings`);
  const first = page.getByRole('button', { name: 'Look now' });
  if (await first.isVisible()) await first.click();
  await expect(page.getByRole('button', { name: 'Look again' })).toBeVisible({ timeout: 120_000 });
}

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
