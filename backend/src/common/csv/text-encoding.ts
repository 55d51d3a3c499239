import { createReadStream } from 'node:fs';

/** Opens the bytes of a file from the beginning: on disk, in the database, wherever it lies. */
export type ByteSource = () => AsyncIterable<Uint8Array>;

export const fileBytes =
  (path: string): ByteSource =>
  () =>
    createReadStream(path);

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** Files that are not text at all, as far as their first bytes give it away. */
export type BinaryKind = 'image' | 'pdf' | 'archive' | 'binary';

const SIGNATURES: ReadonlyArray<readonly [BinaryKind, readonly number[]]> = [
  ['image', [0x89, 0x50, 0x4e, 0x47]],
  ['image', [0xff, 0xd8, 0xff]],
  ['image', [0x47, 0x49, 0x46, 0x38]],
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
  ['archive', [0x50, 0x4b]],
  ['archive', [0x1f, 0x8b]],
  ['archive', [0xd0, 0xcf, 0x11, 0xe0]],
];

const startsWith = (bytes: Uint8Array, signature: readonly number[]): boolean =>
  signature.every((byte, index) => bytes[index] === byte);

/** What the first bytes say for certain; null where only the whole file can tell. */
function fromFirstBytes(bytes: Uint8Array): { encoding: TextEncoding } | { binary: BinaryKind } | null {
  if (startsWith(bytes, [0xff, 0xfe])) return { encoding: 'utf-16le' };
  if (startsWith(bytes, [0xfe, 0xff])) return { encoding: 'utf-16be' };
  const signature = SIGNATURES.find(([, magic]) => startsWith(bytes, magic));
  if (signature) return { binary: signature[0] };
  const zeros = [0, 0];
  for (const [index, byte] of bytes.entries()) if (byte === 0) zeros[index % 2]!++;
  const [even = 0, odd = 0] = zeros;
  if (even + odd === 0) return null;
  // Latin letters in UTF-16 have one zero byte each, always on the same side.
  if (odd > bytes.length / 4 && even < bytes.length / 64) return { encoding: 'utf-16le' };
  if (even > bytes.length / 4 && odd < bytes.length / 64) return { encoding: 'utf-16be' };
  return { binary: 'binary' };
}

/**
 * How a file's text is encoded: by its byte order mark or shape, else UTF-8 if every byte of it is valid, else the
 * Western European page that old spreadsheets write. Reads the whole file in pieces.
 */
export async function detectEncoding(bytes: ByteSource): Promise<{ encoding: TextEncoding } | { binary: BinaryKind }> {
  const strict = new TextDecoder('utf-8', { fatal: true });
  let isFirst = true;
  for await (const chunk of bytes()) {
    if (isFirst) {
      const known = fromFirstBytes(chunk.subarray(0, 4096));
      if (known) return known;
      isFirst = false;
    }
    try {
      strict.decode(chunk, { stream: true });
    } catch {
      return { encoding: 'windows-1252' };
    }
  }
  return { encoding: 'utf-8' };
}

/** The file's text in pieces, without its byte order mark and without NUL, which no database takes. */
export async function* decodeText(bytes: ByteSource, encoding: TextEncoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of bytes()) yield decoder.decode(chunk, { stream: true }).replaceAll('\0', '');
  yield decoder.decode();
}
