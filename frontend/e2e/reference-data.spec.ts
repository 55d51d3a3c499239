import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { asNewPerson } from './support/people';
import { SETTINGS } from './support/settings';
import { printedCounts, uploadFile } from './support/uploads';
import { openSettled } from './support/settled';

/** Real exports, which are never part of the repository. */
const FILES = [
  'fixtures/dexcom-clarity/cgm_format_G6_android_mgdl_brokenBOM.csv',
  'fixtures/libreview/cgm_format_libre3_5min_mgdl_UK.csv',
];
const ZONE = 'Europe/Berlin';
const DAYS = 14;

interface Report {
  readonly from: string;
  readonly to: string;
  readonly coverage: { readonly readings: number; readonly activePercent: number };
  readonly metrics: Readonly<Record<string, number | string | null>>;
}

interface FileReport extends Report {
  readonly source: { readonly readings: number; readonly rejected: number };
}

for (const name of FILES) {
  const file = path.join(SETTINGS.referenceData, name);
  test(`${name}: page and command line agree`, async ({ page }) => {
    test.skip(!existsSync(file), `not run: no such file under REFERENCE_DATA (${SETTINGS.referenceData})`);
    test.setTimeout(180_000);
    const fortnight = metricsOnTheCommandLine(file, ['--days', String(DAYS)]);
    const whole = metricsOnTheCommandLine(file);
    const id = await asNewPerson(page);
    await openSettled(page, `/patients/${id}/upload`);
    await uploadFile(page, file);

    const counts = await printedCounts(page);
    expect(counts.new + counts.known + counts.rejected).toBe(whole.source.readings + whole.source.rejected);
    await openSettled(page, `/patients/${id}?days=${DAYS}&unit=mgdl`);
    const readings = `${fortnight.coverage.readings.toLocaleString('en-GB')} readings`;
    await expect(page.getByText(readings)).toBeVisible();
    const mean = String(Math.round(Number(fortnight.metrics['mean'])));
    await expect(page.getByText(mean, { exact: true }).first()).toBeVisible();

    expectSame(await metrics(page, id, `days=${DAYS}`), fortnight);
    expectSame(await metrics(page, id, new URLSearchParams({ from: whole.from, to: whole.to }).toString()), whole);
  });
}

async function metrics(page: Page, id: string, period: string): Promise<Report> {
  return (await page.request.get(`/api/v1/patients/${id}/metrics?${period}`)).json();
}

function expectSame(answer: Report, report: Report): void {
  expect(answer.coverage.readings).toBe(report.coverage.readings);
  expect(Object.keys(answer.metrics).toSorted()).toEqual(Object.keys(report.metrics).toSorted());
  for (const [name, value] of Object.entries(report.metrics)) {
    if (typeof value === 'number') expect(answer.metrics[name], name).toBeCloseTo(value, 9);
    else expect(answer.metrics[name], name).toEqual(value);
  }
}

function metricsOnTheCommandLine(file: string, more: readonly string[] = []): FileReport {
  const args = ['run', '--silent', 'cli', '--', 'metrics', file, '--tz', ZONE, ...more];
  return JSON.parse(execFileSync('npm', args, { cwd: SETTINGS.repository, encoding: 'utf8', maxBuffer: 1e8 }));
}
