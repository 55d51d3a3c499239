import { unpackDays } from '../../../src/domain/glycemia/day-samples.js';
import { join } from 'node:path';
import { readVendorFile } from '../../../src/modules/imports/vendor-file.js';
import { vendorSeries } from '../../../src/modules/imports/vendor-series.js';
import { CLARITY_HEADER, openImports, SAMPLES } from './setup.js';

jest.setTimeout(60_000);

let on: Awaited<ReturnType<typeof openImports>>;
beforeAll(async () => {
  on = await openImports();
});
afterAll(() => on.close());

/** Phone and receiver hear the same transmitter, seconds apart, through two nights. */
function twoDevices(): string {
  const start = Date.UTC(2024, 9, 26, 18);
  const lines = Array.from({ length: 500 }, (_, row) => {
    const at = (offset: number) => new Date(start + row * 300_000 + offset).toISOString().slice(0, 19);
    const phone = `${row},${at(0)},EGV,,phone A,${80 + (row % 90)}`;
    return row % 3 === 0 ? phone : `${phone}\n${row},${at(7_000)},EGV,,receiver B,${81 + (row % 90)}`;
  });
  return [CLARITY_HEADER, ...lines, ''].join('\n');
}

it.each([
  ['two devices on one transmitter', () => on.writeFile(twoDevices())],
  ['the autumn night', () => join(SAMPLES, 'clarity-autumn-berlin.csv')],
  ['a file with meter values and words', () => join(SAMPLES, 'clarity-quoted-mgdl.csv')],
])('the series of a file on the command line is the one that its import stores: %s', async (_name, path) => {
  const patient = await on.newPatient('Europe/Berlin');
  const { status } = await on.importFile(patient, path());
  const stored = unpackDays(await on.days.daysOf(patient, 0, 30_000));
  const file = await readVendorFile(path(), { zone: 'Europe/Berlin' });
  if (file.status !== 'read') throw new Error(file.status);
  expect(status).toBe('done');
  expect(stored.instants.length).toBeGreaterThan(3);
  expect(vendorSeries(file.readings, [{ from: Number.NEGATIVE_INFINITY, zone: 'Europe/Berlin' }])).toEqual(stored);
});
