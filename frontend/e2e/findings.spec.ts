import { expect, type Page, test } from '@playwright/test';
import { panel, patientNamed } from './support/clinic';
import { askForLinksByTheHour, stopAnAnalysis } from './support/findings';
import { openSession } from './support/people';
import { CLINICIAN_STATE, DEMO_PATIENT, DEMO_PATIENT_NAME } from './support/settings';
import { openSettled } from './support/settled';

test.use({ storageState: CLINICIAN_STATE });
/** One after the other: a record takes only so many questions at a time, and the second test reads what the first asked. */
test.describe.configure({ mode: 'default' });

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
  // In the other unit, differences as well as levels, and nothing is left to be formatted.
  await page.goto(`/patients/${id}/findings?unit=mmoll`);
  await expect(dinners).toContainText(
    /glucose went above 10\.0 mmol\/L within two hours; on average it (rose|fell) by \d+\.\d+ mmol\/L/,
  );
  await expect(page.getByRole('main')).not.toContainText(/mg\/dL|\{/);
  await page.goto(`/patients/${id}/findings?unit=mgdl`);
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
  await page.goto(`${new URL(page.url()).pathname}?unit=mmoll`);
  await expect(region.getByRole('listitem').first()).toContainText(/\d\.\d mmol\/L on average/);
});

test('links can be read without the picture, and memory is called no cause', async ({ page }) => {
  test.setTimeout(180_000);
  // Of a person whom no other test asks about.
  const { id } = await patientNamed(page.request, 'Zachary Lee');
  await askForLinksByTheHour(page.request, id);
  await openSettled(page, `/patients/${id}/findings`);
  const region = page.getByRole('region', { name: 'What comes before what', exact: true });
  await expect(region).toContainText('never advice on a dose');
  const figure = region.getByRole('figure');
  const sentences = await region.locator('li').allTextContents();
  const links = sentences.filter((text) => text.includes('tends to go before'));
  const memory = sentences.filter((text) => !text.includes('tends to go before'));
  expect(links.some((sentence) => sentence.startsWith('More insulin tends to go before lower glucose'))).toBe(true);
  expect(memory.length).toBeGreaterThan(0);
  await expect(figure.getByRole('img')).toHaveAccessibleName(links.slice(0, 8).join(' '));
  await expect(region.getByRole('heading', { name: 'Memory, which is no cause' })).toBeVisible();
  await figure.getByText('Data table').click();
  await expect(figure.getByRole('row')).toHaveCount(sentences.length + 1);
  await expect(figure.getByRole('cell', { name: 'memory', exact: true })).toHaveCount(memory.length);
});

test('what was not answered says so, with when it was tried, and is asked again by itself', async ({ page }) => {
  test.setTimeout(180_000);
  // Of a person whom no other test asks about.
  const { id } = await patientNamed(page.request, await otherThan(page, [DEMO_PATIENT_NAME, 'Zachary Lee']));
  await stopAnAnalysis(page.request, id);
  await openSettled(page, `/patients/${id}/findings`);
  const region = page.getByRole('region', { name: 'Not answered' });
  await expect(region).toContainText('What goes with glucose from day to day');
  await expect(region).toContainText(/Stopped by somebody on .*, before it was answered/);
  await region.getByRole('button', { name: 'Try again: What goes with glucose from day to day' }).click();
  await expect(region).toBeHidden();
  await expect(page.getByRole('region', { name: 'What goes with glucose from day to day' })).toBeVisible({
    timeout: 120_000,
  });
});

test('two who look at the same moment wait for the same answers', async ({ page, browser }) => {
  test.setTimeout(180_000);
  const { id } = await patientNamed(page.request, DEMO_PATIENT_NAME);
  const other = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const hers = await other.newPage();
  await openSession(hers.request, DEMO_PATIENT);
  const [look, again] = [/^Look (now|again)$/, 'Look again'];
  for (const one of [page, hers]) {
    await openSettled(one, `/patients/${id}/findings`);
    await expect(one.getByRole('button', { name: look })).toBeVisible();
  }
  await Promise.all([page, hers].map((one) => one.getByRole('button', { name: look }).click()));
  for (const one of [page, hers]) {
    await expect(one.getByRole('status').filter({ hasText: 'under way' })).toBeVisible();
  }
  const { underWay } = await (await hers.request.get(`/api/v1/patients/${id}/findings`)).json();
  const asked = underWay.map(({ algorithm }: { algorithm: string }) => algorithm);
  expect(asked.length).toBeGreaterThan(0);
  expect(asked).toEqual([...new Set(asked)]);
  for (const one of [page, hers]) {
    await expect(one.getByRole('button', { name: again })).toBeVisible({ timeout: 120_000 });
    await expect(one.getByRole('main')).not.toContainText('being asked enough already');
  }
  await other.close();
});

/** The last of the clinic's people who is none of these. */
async function otherThan(page: Page, names: readonly string[]): Promise<string> {
  const { items } = await panel(page.request);
  return items.map(({ displayName }) => displayName).findLast((name) => !names.includes(name)) ?? '';
}

/** The findings of the demo patient, looked for where nobody has yet. */
async function openAnswered(page: Page): Promise<void> {
  test.setTimeout(180_000);
  const { id } = await patientNamed(page.request, DEMO_PATIENT_NAME);
  await openSettled(page, `/patients/${id}/findings`);
  const first = page.getByRole('button', { name: 'Look now' });
  if (await first.isVisible()) await first.click();
  await expect(page.getByRole('button', { name: 'Look again' })).toBeVisible({ timeout: 120_000 });
}
