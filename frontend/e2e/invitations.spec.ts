import { randomUUID } from 'node:crypto';
import { expect, type Page, test } from '@playwright/test';
import { axeViolations } from './support/axe';
import { FROM_OUR_PAGE, openSession, ownRecord, registerPerson } from './support/people';
import { DEMO_ADMINISTRATOR } from './support/settings';
import { openSettled } from './support/settled';

/** A new record of the demo clinic and the code of an invitation to it. */
async function invite(page: Page, email: string): Promise<{ recordId: string; code: string }> {
  const context = await page.context().browser()?.newContext();
  if (!context) throw new Error('no browser');
  await openSession(context.request, DEMO_ADMINISTRATOR);
  const post = async (path: string, data: object) => {
    const answer = await context.request.post(`/api/v1/${path}`, { data, headers: FROM_OUR_PAGE });
    expect(answer.status(), path).toBe(201);
    return answer.json();
  };
  const { id } = await post('patients', { displayName: `Invited ${randomUUID()}` });
  const { code } = await post(`patients/${id}/invitations`, { email });
  await context.close();
  return { recordId: id, code };
}

test('a person declines the invitation of a clinic, and accepts the next one with its code', async ({ page }) => {
  const login = await registerPerson(page.request);
  await openSession(page.request, login);
  const own = await ownRecord(page.request);
  const banner = page.getByRole('region', { name: /invites you/ });

  await invite(page, login.email);
  await openSettled(page, `/patients/${own}`);
  await banner.getByRole('button', { name: 'Decline' }).click();
  await expect(banner).toHaveCount(0);

  const { recordId, code } = await invite(page, login.email);
  await openSettled(page, `/patients/${own}`);
  await banner.getByLabel('Code from the clinic').fill('0000-0000-0000');
  await banner.getByRole('button', { name: 'Accept' }).click();
  await expect(banner.getByRole('alert')).toContainText('does not belong');
  expect(await axeViolations(page)).toEqual([]);
  await banner.getByLabel('Code from the clinic').fill(code.toLowerCase());
  await page.context().setOffline(true);
  await banner.getByRole('button', { name: 'Accept' }).click();
  await expect(banner.getByRole('alert')).toContainText('Nothing was sent');
  await expect(banner.getByLabel('Code from the clinic')).toHaveValue(code.toLowerCase());
  await page.context().setOffline(false);
  await banner.getByRole('button', { name: 'Accept' }).click();
  await expect(page).toHaveURL(new RegExp(`/patients/${recordId}`));
  await expect(banner).toHaveCount(0);
});
