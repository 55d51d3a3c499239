import { pipeline, Readable } from 'node:stream';
import { CsvError, parse, type Options } from 'csv-parse';
import { parse as parseSync } from 'csv-parse/sync';
import { decodeFile, type TextEncoding } from './text-encoding.js';

export type Delimiter = ',' | ';' | '\t';
export const DELIMITERS: readonly Delimiter[] = [',', ';', '\t'];

export interface DelimitedRow {
  /** The line the row ends on, counted from 1. */
  readonly line: number;
  readonly cells: string[];
}

/** A file whose quotation marks make no rows of it. */
export class MalformedRowsError extends Error {
  constructor(readonly line: number) {
    super(`The rows cannot be told apart after line ${line}`);
    this.name = 'MalformedRowsError';
  }
}

/** No export has rows of this length: more means a quotation mark that nobody closed. */
const LONGEST_ROW = 64 * 1024;

const options = (delimiter: Delimiter): Options => ({
  delimiter,
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
  max_record_size: LONGEST_ROW,
});

interface ParsedRow {
  info: { lines: number };
  record: string[];
}

/** The rows of a file, one at a time and whatever their number: ragged rows, stray quotes and empty lines are no obstacle. */
export async function* readRows(
  path: string,
  encoding: TextEncoding,
  delimiter: Delimiter,
): AsyncGenerator<DelimitedRow> {
  const parser = parse({ ...options(delimiter), info: true });
  pipeline(Readable.from(decodeFile(path, encoding)), parser, () => {
    // A failure reaches the loop below through the parser itself.
  });
  let line = 0;
  try {
    for await (const parsed of parser as AsyncIterable<ParsedRow>) {
      line = parsed.info.lines;
      yield { line, cells: parsed.record };
    }
  } catch (error) {
    throw error instanceof CsvError ? new MalformedRowsError(line + 1) : error;
  }
}

const HEAD_CHARACTERS = 32 * 1024;

/** The beginning of a file, enough for its headers. */
export async function readHead(path: string, encoding: TextEncoding): Promise<string> {
  let head = '';
  for await (const text of decodeFile(path, encoding)) {
    head += text;
    if (head.length >= HEAD_CHARACTERS) break;
  }
  return head.slice(0, HEAD_CHARACTERS);
}

/** The first rows of a text; fewer where a quotation mark swallows the rest. */
export function splitHead(head: string, delimiter: Delimiter, rows: number): DelimitedRow[] {
  const found: DelimitedRow[] = [];
  try {
    parseSync(head, {
      ...options(delimiter),
      to: rows,
      on_record: (cells, { lines }) => {
        found.push({ line: lines, cells });
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
  }
  return found;
}
