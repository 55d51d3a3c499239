import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { asNewPerson } from './support/people';
import { printedCounts, SAMPLES, sendFile, uploadFile } from './support/uploads';
import { openSettled } from './support/settled';

/** Lines that hold a reading, counted without any parser of ours. */
function linesWith(file: string, pattern: RegExp): number {
  return readFileSync(path.join(SAMPLES, file), 'utf8')
    .split('\n')
    .filter((line) => pattern.test(line)).length;
}

let id: string;
test.beforeEach(async ({ page }) => {
  id = await asNewPerson(page);
  await openSettled(page, `/patients/${id}/upload`);
});

test('a Clarity export ends in the profile of the person', { tag: '@look' }, async ({ page }) => {
  const file = 'clarity-autumn-berlin.csv';
  await uploadFile(page, file);
  const counts = await printedCounts(page);
  expect(counts).toEqual({ new: linesWith(file, /,EGV,/), known: 0, rejected: 0 });
  await page.getByRole('link', { name: 'See the overview' }).click();
  await expect(page.getByRole('figure', { name: 'Ambulatory glucose profile' })).toBeVisible();
  await expect(page.getByText(`${counts.new} readings`)).toBeVisible();
});

test('a LibreView export says which rows it could not read and why', async ({ page }) => {
  await uploadFile(page, 'libreview-uk-mmol.csv');
  const counts = await printedCounts(page);
  expect(counts.new).toBeGreaterThan(0);
  expect(counts.rejected).toBeGreaterThan(0);
  const rejected = page
    .getByRole('region', { name: 'Rejected rows' })
    .getByRole('row')
    .filter({
      has: page.getByRole('rowheader'),
    });
  await expect(rejected).toHaveCount(counts.rejected);
  const lines = readFileSync(path.join(SAMPLES, 'libreview-uk-mmol.csv'), 'utf8').split('\n');
  for (const row of await rejected.all()) {
    const line = Number(await row.getByRole('rowheader').innerText());
    const value = await row.getByRole('cell').nth(1).innerText();
    expect(lines[line - 1]).toContain(value === '–' ? '' : value);
  }
  await page.getByRole('link', { name: 'See the overview' }).click();
  await expect(page.getByRole('heading', { name: 'Time in ranges' })).toBeVisible();
});

test('the same file a second time brings nothing new', async ({ page }) => {
  await uploadFile(page, 'clarity-quoted-mgdl.csv');
  const first = await printedCounts(page);
  await page.getByRole('link', { name: 'Upload another file' }).click();
  await uploadFile(page, 'clarity-quoted-mgdl.csv');
  expect(await printedCounts(page)).toEqual({ new: 0, known: first.new, rejected: first.rejected });
});

test('asks for the order of day and month where the file leaves it open, and goes by the answer', async ({ page }) => {
  await sendFile(page, path.join(SAMPLES, 'libreview-one-day.csv'));
  await expect(page.getByText('Is it the day or the month that comes first?')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/^05-12-2019/).first()).toBeVisible();
  await page.getByLabel(/Month first: .*12 May 2019/).check();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('heading', { name: 'The file has been read' })).toBeVisible({ timeout: 30_000 });
  expect(await printedCounts(page)).toEqual({ new: 3, known: 0, rejected: 0 });
  const days = await page.request.get(`/api/v1/patients/${id}/days?from=2019-05-12&to=2019-05-12`);
  expect((await days.json()).items).toHaveLength(1);
});

test('a picture is refused, and nothing is stored', async ({ page }) => {
  const buffer = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  await sendFile(page, { name: 'holiday.png', mimeType: 'image/png', buffer });
  await expect(page.getByRole('heading', { name: 'The file could not be read' })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/not .*(export|CGM|glucose|text|CSV)/i).first()).toBeVisible();
  await openSettled(page, `/patients/${id}`);
  await expect(page.getByRole('heading', { name: 'No glucose data yet' })).toBeVisible();
});

test('says so when no file was chosen', async ({ page }) => {
  await page.getByRole('button', { name: 'Upload' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Choose a file first.' })).toBeVisible();
});

test('an upload can be taken back, and the list says so', { tag: '@look' }, async ({ page }) => {
  await uploadFile(page, 'clarity-autumn-berlin.csv');
  const { new: count } = await printedCounts(page);
  await page.getByRole('link', { name: 'Upload another file' }).click();
  const row = page.getByRole('region', { name: 'Uploads so far' }).getByRole('row').nth(1);
  await expect(row).toContainText(`${count} new readings`);
  await row.getByText('Take back …').click();
  await row.getByRole('button', { name: 'Take it back' }).click();
  await expect(row).toContainText('Taken back on');
  await openSettled(page, `/patients/${id}`);
  await expect(page.getByRole('figure', { name: 'Ambulatory glucose profile' })).toBeHidden();
});
