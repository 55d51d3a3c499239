import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { SETTINGS } from './settings';

export const SAMPLES = path.join(SETTINGS.repository, 'backend/test/samples');

/** Sends a file through the form of the upload page that is open, and waits until it was read or refused. */
export async function uploadFile(page: Page, file: string): Promise<void> {
  await sendFile(page, path.resolve(SAMPLES, file));
  await expect(page.getByRole('heading', { name: /^The file (has been|could not be) read$/ })).toBeVisible({
    timeout: 30_000,
  });
}

/** Sends without waiting for the end: the file may leave a question open. */
export async function sendFile(page: Page, file: string | { name: string; mimeType: string; buffer: Buffer }) {
  await page.getByLabel('Export file').setInputFiles(file);
  await page.getByRole('button', { name: 'Upload' }).click();
  await expect(page).toHaveURL(/[?&]import=/, { timeout: 30_000 });
}

export interface UploadCounts {
  readonly new: number;
  readonly known: number;
  readonly rejected: number;
}

/** The three numbers as the page prints them. */
export async function printedCounts(page: Page): Promise<UploadCounts> {
  const count = async (name: string) => {
    const entry = page.locator('dl > div').filter({ has: page.getByText(name, { exact: true }) });
    return Number((await entry.locator('dd').innerText()).replaceAll(',', ''));
  };
  return { new: await count('new readings'), known: await count('already known'), rejected: await count('rejected') };
}
