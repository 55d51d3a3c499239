import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { asNewPerson } from './support/people';
import { SETTINGS } from './support/settings';
import { printedCounts, uploadFile } from './support/uploads';

/** Real exports, which are never part of the repository. */
const FILES = [
  'fixtures/dexcom-clarity/cgm_format_G6_android_mgdl_brokenBOM.csv',
  'fixtures/libreview/cgm_format_libre3_5min_mgdl_UK.csv',
];
const ZONE = 'Europe/Berlin';
const DAYS = 14;

interface FileReport {
  readonly source: { readonly readings: number; readonly rejected: number };
  readonly coverage: { readonly readings: number; readonly activePercent: number };
  readonly metrics: Readonly<Record<string, number | string | null>>;
}

for (const name of FILES) {
  const file = path.join(SETTINGS.referenceData, name);
  test(`${name}: page and command line agree`, async ({ page }) => {
    test.skip(!existsSync(file), `not run: no such file under REFERENCE_DATA (${SETTINGS.referenceData})`);
    test.setTimeout(180_000);
    const report = metricsOnTheCommandLine(file);
    const id = await asNewPerson(page);
    await page.goto(`/patients/${id}/upload`);
    await uploadFile(page, file);

    const counts = await printedCounts(page);
    expect(counts.new + counts.known + counts.rejected).toBe(report.source.readings + report.source.rejected);
    await page.goto(`/patients/${id}?days=${DAYS}&unit=mgdl`);
    await expect(page.getByText(`${report.coverage.readings.toLocaleString('en-GB')} readings`)).toBeVisible();
    await expect(
      page.getByText(`${Math.round(Number(report.metrics['mean']))}`, { exact: true }).first(),
    ).toBeVisible();

    const answer = await (await page.request.get(`/api/v1/patients/${id}/metrics?days=${DAYS}`)).json();
    expect(answer.coverage.readings).toBe(report.coverage.readings);
    for (const [metric, value] of Object.entries(report.metrics)) {
      if (typeof value === 'number') expect(answer.metrics[metric], metric).toBeCloseTo(value, 9);
      else expect(answer.metrics[metric], metric).toEqual(value);
    }
  });
}

function metricsOnTheCommandLine(file: string): FileReport {
  const args = ['run', '--silent', 'cli', '--', 'metrics', file, '--tz', ZONE, '--days', String(DAYS)];
  return JSON.parse(execFileSync('npm', args, { cwd: SETTINGS.repository, encoding: 'utf8', maxBuffer: 1e8 }));
}
