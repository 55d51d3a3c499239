import { readFile } from 'node:fs/promises';
import * as z from 'zod';

/** Reads a JSON file of a known shape; what is wrong with it is told by path. */
export async function readGoldenFile<T extends z.ZodType>(path: string, shape: T): Promise<z.output<T>> {
  const text = await readFile(path, 'utf8');
  const parsed = shape.safeParse(asJson(text));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.slice(0, 5).map((issue) => `${issue.path.join('.') || 'file'}: ${issue.message}`);
  throw new Error(`The file does not have the expected shape. ${faults.join('; ')}`);
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('The file is not JSON.');
  }
}

/** A number as the reference files write it: NaN and the infinities, which JSON lacks, by name. */
export const writtenNumber = (value: number): number | string => (Number.isFinite(value) ? value : String(value));
