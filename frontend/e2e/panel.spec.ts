import { expect, test } from '@playwright/test';
import { panel, type PanelAnswer } from './support/clinic';
import { CLINICIAN_STATE } from './support/settings';
import { openSettled } from './support/settled';

test.use({ storageState: CLINICIAN_STATE });

let answer: PanelAnswer;
/** Readings keep coming in while the tests run, so what the page shows is compared with what held before and after. */
test.beforeEach(async ({ page }) => {
  await expect(async () => {
    answer = await panel(page.request);
    await openSettled(page, '/patients');
    expect(reasonsOf(await panel(page.request))).toEqual(reasonsOf(answer));
  }).toPass();
});

const reasonsOf = ({ items }: PanelAnswer) => items.map(({ id, flags }) => [id, ...flags.map(({ text }) => text)]);

test(
  'shows the thirty people of the clinic, each with a reason, most urgent first',
  { tag: '@look' },
  async ({ page }) => {
    const rows = page.getByRole('row').filter({ has: page.getByRole('rowheader') });
    await expect(rows).toHaveCount(30);
    await expect(page.getByRole('rowheader').getByRole('link')).toHaveText(
      answer.items.map(({ displayName }) => displayName),
    );
    for (const [index, { flags }] of answer.items.entries()) {
      await expect(rows.nth(index)).toContainText(flags[0]?.text ?? 'On target');
    }
    const flagged = answer.items.map(({ flags }) => flags.length > 0);
    expect(flagged.lastIndexOf(true)).toBeLessThan(flagged.indexOf(false));
    await expect(page.getByText('Synthetic data', { exact: false }).first()).toBeVisible();
  },
);

test('puts very low glucose before everything else', async () => {
  const codes = answer.items.map(({ flags }) => flags[0]?.code);
  const veryLow = answer.items.filter(({ metrics, targetPreset }) => {
    return targetPreset === 'adult' && Number(metrics['timeBelow54']) >= 1;
  });
  expect(veryLow.length).toBeGreaterThan(0);
  for (const { flags } of veryLow) expect(flags[0]?.code).toBe('very-low');
  expect(codes.lastIndexOf('very-low')).toBe(codes.filter((code) => code === 'very-low').length - 1);
});

test('counts the reasons, and each counter is a filter that stands in the address', async ({ page }) => {
  const counters = page.getByRole('navigation', { name: 'Show' });
  await expect(counters.getByRole('link', { name: /All$/ })).toContainText(String(answer.counts['all']));
  expect(answer.counts['all']).toBe(30);
  const expected = answer.items.filter(({ flags }) => flags.some(({ code }) => code === 'very-low'));
  const counter = counters.getByRole('link', { name: /Very low$/ });
  await expect(counter).toContainText(String(expected.length));
  await counter.click();
  await expect(page).toHaveURL(/flag=very-low/);
  await expect(page.getByRole('rowheader').getByRole('link')).toHaveText(expected.map((row) => row.displayName));
  await page.reload();
  await expect(page.getByRole('rowheader')).toHaveCount(expected.length);
  await page.goBack();
  await expect(page.getByRole('rowheader')).toHaveCount(30);
});

test('sorts by the chance of lows and back, and says how far to trust it', async ({ page }) => {
  const told = page.getByRole('region', { name: 'Lows ahead' });
  await expect(told).toContainText('below 70 mg/dL (3.9 mmol/L)');
  await expect(told).toContainText(/in 45 fortnights of 5 real people .* came 10 times, where 5 were expected/);
  const head = page.getByRole('columnheader', { name: 'Lows ahead' });
  await expect(head).not.toHaveAttribute('aria-sort');
  await head.getByRole('link').click();
  await expect(page).toHaveURL(/sort=low-risk/);
  await expect(head).toHaveAttribute('aria-sort', 'descending');
  // Nights are still being answered while the tests run.
  await expect(async () => {
    const sorted = await (await page.request.get('/api/v1/patients?limit=1000&sort=low-risk')).json();
    await page.reload();
    const names = sorted.items.map(({ displayName }: { displayName: string }) => displayName);
    await expect(page.getByRole('rowheader').getByRole('link')).toHaveText(names, { timeout: 2_000 });
    // Whoever has no chance says why, and has no number.
    for (const [index, { lowRisk }] of sorted.items.entries()) {
      const cell = page.getByRole('rowheader').nth(index).locator('xpath=..').getByRole('cell').nth(4);
      const told = 'unavailable' in lowRisk ? 'No chance of lows' : /[<>]?\d+ %/;
      await expect(cell).toContainText(told, { timeout: 2_000 });
    }
  }).toPass();
  await told.getByRole('link', { name: 'Sort by urgency again' }).click();
  await expect(page).not.toHaveURL(/sort/);
});

test('finds a person by name, and says so where nobody matches', async ({ page }) => {
  await page.getByRole('searchbox', { name: 'Search by name' }).fill('alice');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/query=alice/);
  await expect(page.getByRole('rowheader').getByRole('link')).toHaveText(['Alice Thompson']);
  await page.getByRole('searchbox').fill('nobody is called this');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'No patient matches' })).toBeVisible();
  await page.getByRole('link', { name: 'Show all patients' }).click();
  await expect(page.getByRole('rowheader')).toHaveCount(30);
});

test('opens a person by the keyboard alone', async ({ page }) => {
  const first = page.getByRole('rowheader').getByRole('link').first();
  await first.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/patients/${answer.items[0]?.id}`));
});
