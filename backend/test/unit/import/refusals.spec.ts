import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readVendorFile } from '../../../src/modules/imports/vendor-file.js';

const folder = mkdtempSync(join(tmpdir(), 'glucolens-refusals-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function codeFor(content: string | Buffer): Promise<string> {
  const path = join(folder, 'upload');
  writeFileSync(path, content);
  const file = await readVendorFile(path, { zone: 'UTC' });
  return file.status === 'refused' ? file.refusal.code : file.status;
}

const CLARITY = 'Index,Timestamp (YYYY-MM-DDThh:mm:ss),Event Type,Event Subtype,Glucose Value (mg/dL)';

describe('files that are no glucose export', () => {
  it.each([
    ['nothing at all', '', 'FILE_EMPTY'],
    ['blank lines', '\n\n  \n', 'FILE_EMPTY'],
    ['a PNG image', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'FILE_NOT_TEXT'],
    ['a PDF report', '%PDF-1.7\n', 'FILE_NOT_TEXT'],
    ['an Excel workbook or a zip', Buffer.from('504b0304140006000800', 'hex'), 'FILE_NOT_TEXT'],
    ['bytes with zeros', Buffer.from([1, 2, 0, 0, 4, 0, 0, 9]), 'FILE_NOT_TEXT'],
    ['a sign-in page', '<!DOCTYPE html>\n<html><body>Sign in</body></html>', 'FILE_IS_HTML'],
    ['JSON', '[{"sgv": 120}]', 'FILE_IS_JSON'],
    ['prose', 'Dear doctor,\nmy glucose was fine.\n', 'FORMAT_UNKNOWN'],
    ['a table of something else', 'date;amount\n2024-01-01;12,50\n', 'FORMAT_UNKNOWN'],
    ['CareLink', 'Last Name;First Name;Device;MiniMed 780G MMT-1886\n', 'FORMAT_UNSUPPORTED'],
    [
      'Glooko',
      'Name:A B, Date Range:2025-10-26 - 2025-10-28\nTimestamp,CGM Glucose Value (mmol/l),Serial Number\n',
      'FORMAT_UNSUPPORTED',
    ],
    [
      'a Clarity header without a unit',
      'Index,Timestamp,Event Type,Glucose Value\n1,2024-01-01T00:00:00,EGV,100\n',
      'FORMAT_UNKNOWN',
    ],
    ['an export cut off inside quotation marks', `${CLARITY}\n1,2024-01-01T00:00:00,EGV,,"10`, 'FILE_MALFORMED'],
    [
      'an export in which a spreadsheet turned some dates around',
      `${CLARITY}\n1,13/05/2024 00:00,EGV,,100\n2,05/14/2024 00:00,EGV,,100\n`,
      'DATES_MIXED',
    ],
  ])('%s', async (_name, content, code) => expect(await codeFor(content)).toBe(code));

  it('an export without a single reading is still an export', async () => {
    expect(await codeFor(`${CLARITY}\n1,,Alert,High,250\n`)).toBe('read');
  });

  it('shows nothing of the file in the reason', async () => {
    const path = join(folder, 'secret');
    writeFileSync(path, 'Name,Diagnosis\nJane Roe,type 1\n');
    const file = await readVendorFile(path, { zone: 'UTC' });
    expect(JSON.stringify(file)).not.toContain('Roe');
  });
});
