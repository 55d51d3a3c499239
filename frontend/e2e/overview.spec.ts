import { expect, type Page, test } from '@playwright/test';
import { type MetricsAnswer, metricsOf, patientNamed } from './support/clinic';
import { asNewPerson } from './support/people';
import { CLINICIAN_STATE, DEMO_PATIENT_NAME } from './support/settings';
import { openSettled, settled } from './support/settled';

const oneDecimal = (percent: unknown) => `${Number(percent).toFixed(1)} %`;
const spaces = /[\u00a0\u202f]/g;

/** The value that stands beside a name in the list of metrics. */
async function metric(page: Page, name: string): Promise<string> {
  const entry = page.locator('dl > div').filter({ has: page.getByText(name, { exact: true }) });
  return (await entry.locator('dd').last().innerText()).replaceAll(spaces, ' ').replaceAll('\n', ' ');
}

/** Readings keep coming in while the tests run: the page is opened between two equal answers. */
async function openBetweenEqualAnswers(page: Page, id: string, days: number): Promise<MetricsAnswer> {
  let before = await metricsOf(page.request, id, days);
  await expect(async () => {
    before = await metricsOf(page.request, id, days);
    await openSettled(page, `/patients/${id}?days=${days}&unit=mgdl`);
    expect((await metricsOf(page.request, id, days)).coverage.readings).toBe(before.coverage.readings);
  }).toPass();
  return before;
}

test.describe('the overview of a person', () => {
  test.use({ storageState: CLINICIAN_STATE });
  let id: string;
  test.beforeEach(async ({ page }) => {
    id = (await patientNamed(page.request, DEMO_PATIENT_NAME)).id;
  });

  for (const days of [14, 90]) {
    test(`shows the numbers that the API answers for ${days} days`, async ({ page }) => {
      const { metrics, coverage } = await openBetweenEqualAnswers(page, id, days);
      expect(await metric(page, 'Mean glucose')).toBe(`${Math.round(Number(metrics['mean']))} mg/dL`);
      expect(await metric(page, 'GMI')).toBe(oneDecimal(metrics['gmi']));
      expect(await metric(page, 'Variation (CV)')).toBe(oneDecimal(metrics['cv']));
      expect(await metric(page, 'Sensor active')).toContain(oneDecimal(coverage.activePercent));

      const ranges = page.getByRole('figure', { name: 'Time in ranges' });
      await ranges.getByText('Show data table').click();
      const share = async (band: string) =>
        (await ranges.getByRole('row', { name: new RegExp(`^${band}`) }).innerText()).replaceAll(spaces, ' ');
      expect(await share('In range')).toContain(oneDecimal(metrics['timeInRange']));
      expect(await share('Very low')).toContain(oneDecimal(metrics['timeBelow54']));
      expect(await share('Very high')).toContain(oneDecimal(metrics['timeAbove250']));
    });
  }

  test('prints shares that add up to a hundred', async ({ page }) => {
    const answer = await page.request.get(`/api/v1/patients/${id}/overview?days=14`);
    const { segments } = (await answer.json()).ranges;
    const printed: string[] = segments.map((segment: { display: string }) => segment.display);
    expect(printed.map((share) => (share === '<1' ? 0 : Number(share))).reduce((sum, share) => sum + share)).toBe(100);
    await openSettled(page, `/patients/${id}`);
    const bar = page.getByRole('figure', { name: 'Time in ranges' }).locator('svg').first();
    for (const share of printed) await expect(bar).toContainText(share);
  });

  test('keeps period and unit in the address and after a reload', { tag: '@look' }, async ({ page }) => {
    await openSettled(page, `/patients/${id}`);
    const periods = page.getByRole('navigation', { name: 'Period' });
    const units = page.getByRole('navigation', { name: 'Glucose unit' });
    await periods.getByRole('link', { name: '30 days' }).click();
    await expect(page).toHaveURL(/days=30/);
    await expect(periods.getByRole('link', { name: '30 days' })).toHaveAttribute('aria-current', 'true');
    await units.getByRole('link', { name: 'mmol/L' }).click();
    await expect(page).toHaveURL(/days=30.*unit=mmoll/);
    await expect.poll(() => metric(page, 'Mean glucose')).toMatch(/^\d+\.\d mmol\/L$/);

    await periods.getByRole('link', { name: '14 days' }).click();
    await expect(page).toHaveURL(/days=14/);
    await page.reload();
    await settled(page);
    expect(await metric(page, 'Mean glucose')).toMatch(/mmol\/L$/);
    const inMgdl = Number((await metricsOf(page.request, id, 14)).metrics['mean']);
    expect(await metric(page, 'Mean glucose')).toBe(`${(inMgdl / 18.01559).toFixed(1)} mmol/L`);
    await units.getByRole('link', { name: 'mg/dL' }).click();
    await expect.poll(() => metric(page, 'Mean glucose')).toBe(`${Math.round(inMgdl)} mg/dL`);
  });

  test('shows every chart as a table as well, with the numbers of the curve', async ({ page }) => {
    await openSettled(page, `/patients/${id}?unit=mgdl`);
    const { slots } = await (await page.request.get(`/api/v1/patients/${id}/profile?days=14`)).json();
    const profile = page.getByRole('figure', { name: 'Ambulatory glucose profile' });
    await profile.getByText('Show data table').click();
    const noon = slots.find((slot: { minuteOfDay: number }) => slot.minuteOfDay === 720);
    await expect(profile.getByRole('row', { name: /^12:00/ })).toContainText(String(Math.round(noon.p50)));
  });
});

test('another person’s record is not there, whoever asks', async ({ page, browser }) => {
  const context = await browser.newContext({ storageState: CLINICIAN_STATE });
  const { id } = await patientNamed(context.request, DEMO_PATIENT_NAME);
  await context.close();
  await asNewPerson(page);
  for (const address of [
    `/patients/${id}`,
    `/patients/${id}/upload`,
    '/patients/00000000-0000-4000-8000-000000000000',
  ]) {
    const answer = await openSettled(page, address);
    expect(answer?.status(), address).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('No such patient');
    await expect(page.getByText(DEMO_PATIENT_NAME)).toHaveCount(0);
  }
});

test('a person without readings is told what to do next', async ({ page }) => {
  const id = await asNewPerson(page);
  await openSettled(page, `/patients/${id}`);
  await expect(page.getByRole('heading', { name: 'No glucose data yet' })).toBeVisible();
  await page.getByRole('link', { name: 'Upload data' }).first().click();
  await expect(page).toHaveURL(`/patients/${id}/upload`);
});
