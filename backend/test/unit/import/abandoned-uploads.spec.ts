import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeAbandonedUploads } from '../../../src/modules/imports/upload.js';

const folder = mkdtempSync(join(tmpdir(), 'glucolens-abandoned-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('removes uploads that a killed process left behind and leaves those that may still be arriving', async () => {
  const now = new Date('2026-06-15T12:00:00Z');
  for (const [name, time] of [
    ['left', '2026-06-15T10:59:00Z'],
    ['arriving', '2026-06-15T11:59:00Z'],
  ] as const) {
    writeFileSync(join(folder, name), 'x');
    utimesSync(join(folder, name), new Date(time), new Date(time));
  }
  await removeAbandonedUploads(folder, now);
  expect(readdirSync(folder)).toEqual(['arriving']);
  await expect(removeAbandonedUploads(join(folder, 'absent'), now)).resolves.toBeUndefined();
});
