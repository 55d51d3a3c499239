import { expect, test } from '@playwright/test';
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
  const patterns = page.getByRole('region', { name: 'Patterns' });
  const dinners = patterns.getByRole('listitem').filter({ hasText: 'Rises after dinner' }).first();
  await expect(dinners).toContainText(/After \d+ of \d+ dinners glucose went above 180 mg\/dL within two hours/);
  await expect(dinners).toContainText('It is not told why');
  await dinners.getByText('When, and how it was tested').click();
  await expect(dinners).toContainText('after adjustment for all patterns looked for');
  await expect(patterns).toContainText('no advice on any dose');
  const days = page.getByRole('region', { name: 'Days unlike any other' });
  await expect(days.getByRole('listitem').first()).toContainText('on average');
  await expect(days).toContainText(/measured, .* noted\. matrix-profile 1/);
  await expect(page.getByRole('region', { name: 'What goes with glucose from day to day' })).toBeVisible();
});
