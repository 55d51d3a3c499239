import type { GlucoseUnit } from '../glycemia/units.js';

/**
 * Text that was UTF-8, was read as Latin-1 and saved as UTF-8 again ("GerÃ¤t", "ï»¿Index"), as it was before.
 * Other text comes back unchanged.
 */
export function undoDoubleEncoding(text: string): string {
  if (!/[\u00c2-\u00f4][\u0080-\u00bf]/.test(text)) return text;
  let encoded = '';
  for (const character of text) {
    const code = character.charCodeAt(0);
    if (code > 0xff && code !== 0xfeff) return text;
    if (code !== 0xfeff) encoded += `%${code.toString(16).padStart(2, '0')}`;
  }
  try {
    return decodeURIComponent(encoded);
  } catch {
    return text;
  }
}

/** A header or a fixed word as this product compares it: lower case, no accents, quotes, byte order marks or odd spaces. */
export function headerKey(text: string): string {
  return undoDoubleEncoding(text)
    .normalize('NFD')
    .replace(/[\u0300-\u036f\ufeff"]/g, '')
    .replace(/[\u2018\u2019`]/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

/** The name of a column as shown to a person: the file's spelling without damage. */
export const columnLabel = (text: string): string =>
  undoDoubleEncoding(text)
    .replace(/[\ufeff"]/g, '')
    .trim();

/** Index of the first header that matches, or -1. */
export const columnOf = (keys: readonly string[], pattern: RegExp): number =>
  keys.findIndex((key) => pattern.test(key));

/** The unit named inside a column header: the only place where these exports say it. */
export function unitInHeader(key: string): GlucoseUnit | null {
  if (/mg ?\/ ?dl/.test(key)) return 'mg/dL';
  if (/mmol ?\/ ?l/.test(key)) return 'mmol/L';
  return null;
}
