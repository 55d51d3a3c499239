import { join, resolve } from 'node:path';

/** Where the reference data lies; read by benchmarks and the training program, never by the product. */
export const REFERENCE = resolve(__dirname, '../../..', process.env['REFERENCE_DATA'] ?? '../shared');

/** The folder of one of GlucoBench's sets. */
export const glucoBenchFolder = (name: string): string => join(REFERENCE, 'glucobench', name);
