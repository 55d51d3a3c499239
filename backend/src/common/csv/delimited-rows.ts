import { MalformedRowsError, RowSplitter, type DelimitedRow, type Delimiter } from './row-splitter.js';
import { decodeText, type ByteSource, type TextEncoding } from './text-encoding.js';

/** The rows of a file, one at a time and whatever their number. */
export async function* readRows(
  bytes: ByteSource,
  encoding: TextEncoding,
  delimiter: Delimiter,
): AsyncGenerator<DelimitedRow> {
  const splitter = new RowSplitter(delimiter);
  for await (const text of decodeText(bytes, encoding)) yield* splitter.push(text);
  yield* splitter.finish();
}

const HEAD_CHARACTERS = 32 * 1024;

/** The beginning of a file, enough for its headers. */
export async function readHead(bytes: ByteSource, encoding: TextEncoding): Promise<string> {
  let head = '';
  for await (const text of decodeText(bytes, encoding)) {
    head += text;
    if (head.length >= HEAD_CHARACTERS) break;
  }
  return head.slice(0, HEAD_CHARACTERS);
}

/** The rows of a file's beginning, without one that it cuts off inside quotation marks. */
export function splitHead(head: string, delimiter: Delimiter): DelimitedRow[] {
  const splitter = new RowSplitter(delimiter);
  const rows = splitter.push(head);
  try {
    return [...rows, ...splitter.finish()];
  } catch (error) {
    if (error instanceof MalformedRowsError) return rows;
    throw error;
  }
}
