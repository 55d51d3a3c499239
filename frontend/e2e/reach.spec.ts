import { expect, test } from '@playwright/test';
import { shareWith } from './support/alerts';
import { asNewPerson, registerPerson } from './support/people';
import { openSettled } from './support/settled';

test('a person has somebody told of alerts who may see the record, and takes it back', async ({ page }) => {
  const watcher = await registerPerson(page.request, 'Sam Watcher');
  const id = await asNewPerson(page, 'Kim Falling');
  await shareWith(page.request, id, watcher);
  await openSettled(page, `/patients/${id}/alert-settings`);
  const told = page.getByRole('region', { name: 'Who else is told' }).getByRole('listitem');
  await expect(told).toContainText('Is not told');
  await told.getByRole('button', { name: 'Tell: Sam Watcher' }).click();
  await expect(told).toContainText('Is told');
  await expect(told).toContainText('Cannot be reached');
  await told.getByRole('button', { name: 'Tell no more: Sam Watcher' }).click();
  await expect(told).toContainText('Is not told');
});

test('the order in which people are called is chosen, refused where it cannot be, and given up', async ({ page }) => {
  const id = await asNewPerson(page);
  await openSettled(page, `/patients/${id}/alert-settings`);
  const chain = page.getByRole('region', { name: 'Who is called, and when' });
  await expect(chain).toContainText('As GlucoLens comes.');
  const save = chain.getByRole('button', { name: 'Save the order' });
  await chain.getByLabel('After minutes').first().fill('5');
  await save.click();
  await expect(chain.getByRole('alert')).toContainText('The order was not accepted.');
  await expect(chain.getByLabel('After minutes').first()).toHaveAttribute('aria-invalid', 'true');
  await expect(chain).toContainText('Nobody is on call for a record without a clinic.');
  await chain.getByLabel('After minutes').first().fill('0');
  await chain.getByLabel('After minutes').nth(2).fill('');
  await save.click();
  await expect(chain).toContainText('Chosen for this person.');
  await chain.getByRole('button', { name: 'As GlucoLens comes' }).click();
  await expect(chain).not.toContainText('Chosen for this person.');
});
