import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { fileBytes } from '../../../src/common/csv/text-encoding.js';
import { ExportImporter } from '../../../src/domain/import/importer.js';
import { openExportFile } from '../../../src/modules/imports/export-file.js';

const ROWS = 200_000;
const HEAP_GROWTH_BOUND_BYTES = 16 * 1024 * 1024;
const folder = mkdtempSync(join(tmpdir(), 'glucolens-long-'));
afterAll(() => rmSync(folder, { recursive: true }));

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
function heapAfterCollection(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

async function writeLongExport(path: string): Promise<void> {
  const file = createWriteStream(path);
  file.write(
    'Index,Timestamp (YYYY-MM-DDThh:mm:ss),Event Type,Event Subtype,Patient Info,Device Info,Source Device ID,Glucose Value (mg/dL),Insulin Value (u),Carb Value (grams),Duration (hh:mm:ss),Glucose Rate of Change (mg/dL/min),Transmitter Time (Long Integer),Transmitter ID\r\n',
  );
  const start = Date.UTC(2022, 0, 1);
  for (let row = 1; row <= ROWS; row++) {
    const time = new Date(start + row * 300_000).toISOString().slice(0, 19);
    const line = `${row},${time},EGV,,,,phone A,${80 + (row % 120)},,,,,${row * 300},TX0001\r\n`;
    if (!file.write(line)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
}

it('streams 200,000 rows in bounded memory', async () => {
  const path = join(folder, 'long.csv');
  await writeLongExport(path);
  // The platform's time zone tables and compiled code are not the file's.
  const before = heapAfterCollection();
  const file = await openExportFile(fileBytes(path));
  if ('refusal' in file) throw new Error(file.refusal.code);
  const importer = new ExportImporter(file.vendorExport, {
    zones: [{ from: 0, zone: 'Europe/Berlin' }],
    dateOrder: 'DMY',
    descending: false,
  });
  let readings = 0;
  let mostGrowth = 0;
  for await (const row of file.rows()) {
    if (importer.push(row).reading) readings++;
    if (readings % 40_000 === 0) mostGrowth = Math.max(mostGrowth, heapAfterCollection() - before);
  }
  const megabytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(1);
  process.stdout.write(`file ${megabytes(statSync(path).size)} MB, heap grew by at most ${megabytes(mostGrowth)} MB\n`);
  expect(readings).toBe(ROWS);
  expect(mostGrowth).toBeLessThan(HEAP_GROWTH_BOUND_BYTES);
}, 180_000);
