import { expect, test } from '@playwright/test';
import { clinicOf } from './support/clinic';
import { FROM_OUR_PAGE } from './support/people';
import { CLINICIAN_STATE } from './support/settings';
import { openSettled } from './support/settled';

test.use({ storageState: CLINICIAN_STATE });

test('a shift is added, refused where it overlaps, changed, and removed after a question', async ({ page }) => {
  // A week that no other test looks at. What a run that failed has left there goes first.
  const clinic = await clinicOf(page.request);
  const rota = `/api/v1/organisations/${clinic}/on-call`;
  const week = 'from=2031-03-02T00:00:00Z&to=2031-03-11T00:00:00Z';
  for (const { id } of (await (await page.request.get(`${rota}?${week}`)).json()).shifts) {
    await page.request.delete(`${rota}/${id}`, { headers: FROM_OUR_PAGE });
  }
  await openSettled(page, `/clinics/${clinic}/on-call?week=2031-03-05`);
  await expect(page.getByText('3 Mar 2031 – 9 Mar 2031')).toBeVisible();
  const shifts = page.getByRole('region', { name: 'Shifts of this week' });
  await expect(shifts).toContainText('Nobody is on the rota in this week.');
  const form = page.getByRole('region', { name: 'Add a shift' });
  await form.getByLabel('Who').selectOption({ index: 1 });
  await form.getByLabel('From').fill('2031-03-04T20:00');
  await form.getByLabel('Until').fill('2031-03-05T08:00');
  await form.getByRole('button', { name: 'Add' }).click();
  const shift = shifts.getByRole('listitem');
  await expect(shift).toContainText('4 Mar 2031, 20:00 – 5 Mar 2031, 08:00');

  await form.getByLabel('Who').selectOption({ index: 1 });
  await form.getByLabel('From').fill('2031-03-05T07:00');
  await form.getByLabel('Until').fill('2031-03-05T12:00');
  await form.getByRole('button', { name: 'Add' }).click();
  await expect(form.getByLabel('From')).toHaveAccessibleDescription('This person has a shift in these hours already.');
  await expect(form.getByLabel('Who')).not.toHaveValue('');
  await expect(form.getByLabel('From')).toHaveValue('2031-03-05T07:00');

  await shift.getByRole('button', { name: /^Change/ }).click();
  await shift.getByLabel('Until').fill('2031-03-05T09:30');
  await shift.getByRole('button', { name: 'Change', exact: true }).last().click();
  await expect(shift).toContainText('5 Mar 2031, 09:30');
  await shift.getByRole('button', { name: /^Remove/ }).click();
  await shift.getByRole('button', { name: 'Remove it' }).click();
  await expect(shifts).toContainText('Nobody is on the rota in this week.');
});
