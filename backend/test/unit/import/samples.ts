import { join } from 'node:path';
import { readVendorFile, type VendorFile, type VendorFileOptions } from '../../../src/modules/imports/vendor-file.js';

export const SAMPLES = join(__dirname, '../../samples');

export type ReadFile = Extract<VendorFile, { status: 'read' }>;

/** A sample that must read, in UTC unless the test says otherwise. */
export async function readSample(name: string, options: Partial<VendorFileOptions> = {}): Promise<ReadFile> {
  const file = await readVendorFile(join(SAMPLES, name), { zone: 'UTC', ...options });
  if (file.status !== 'read') throw new Error(`${name}: ${JSON.stringify(file)}`);
  return file;
}

export const at = (instant: number): string => new Date(instant * 1000).toISOString().slice(0, 19) + 'Z';

/** `time value kind` of every reading: what a person would compare with the file. */
export const listed = (file: ReadFile): string[] =>
  file.readings.map((reading) =>
    [at(reading.instant), reading.censored ?? reading.tenths / 10, reading.unit, reading.kind].join(' '),
  );
