export type Delimiter = ',' | ';' | '\t';
export const DELIMITERS: readonly Delimiter[] = [',', ';', '\t'];

export interface DelimitedRow {
  /** The line the row begins on, counted from 1. */
  readonly line: number;
  readonly cells: string[];
}

/** A file whose quotation marks make no rows of it. */
export class MalformedRowsError extends Error {
  constructor(readonly line: number) {
    super(`A quotation mark is not closed at or after line ${line}`);
    this.name = 'MalformedRowsError';
  }
}

/** No export has rows of this length: more means a quotation mark that nobody closed. */
const LONGEST_ROW = 64 * 1024;
const QUOTE = '"';

/**
 * The cells of one row as RFC 4180 quotes them; null where a quotation mark is still open at its end. Quotation marks
 * elsewhere than around a cell stand for themselves, and text after a closing one is kept.
 */
export function splitCells(row: string, delimiter: Delimiter): string[] | null {
  if (!row.includes(QUOTE)) return row.split(delimiter);
  const cells: string[] = [];
  let start = 0;
  while (start <= row.length) {
    let cell = '';
    let tail = start;
    if (row[start] === QUOTE) {
      const quoted = quotedCell(row, start + 1);
      if (!quoted) return null;
      ({ cell, tail } = quoted);
    }
    const found = row.indexOf(delimiter, tail);
    const end = found < 0 ? row.length : found;
    cells.push(cell + row.slice(tail, end));
    start = end + 1;
  }
  return cells;
}

function quotedCell(row: string, start: number): { cell: string; tail: number } | null {
  let cell = '';
  for (let from = start; ;) {
    const quote = row.indexOf(QUOTE, from);
    if (quote < 0) return null;
    if (row[quote + 1] !== QUOTE) return { cell: cell + row.slice(from, quote), tail: quote + 1 };
    cell += row.slice(from, quote + 1);
    from = quote + 2;
  }
}

/**
 * Makes rows of delimited text that arrives in pieces, at any line ending and with line breaks inside quotation marks.
 * Empty lines are passed over and counted. Holds no more than one row.
 */
export class RowSplitter {
  private rest = '';
  private line = 0;
  private open: { text: string; line: number } | null = null;

  constructor(private readonly delimiter: Delimiter) {}

  push(text: string): DelimitedRow[] {
    const buffer = this.rest + text;
    const rows: DelimitedRow[] = [];
    let start = 0;
    // A final carriage return may be the first half of a line ending.
    const end = buffer.endsWith('\r') ? buffer.length - 1 : buffer.length;
    const lineEnd = /\r\n|\n|\r/g;
    for (let match = lineEnd.exec(buffer); match && match.index < end; match = lineEnd.exec(buffer)) {
      this.takeLine(buffer.slice(start, match.index), rows);
      start = lineEnd.lastIndex;
    }
    this.rest = buffer.slice(start);
    if (this.rest.length > LONGEST_ROW) throw new MalformedRowsError(this.line + 1);
    return rows;
  }

  finish(): DelimitedRow[] {
    const rows: DelimitedRow[] = [];
    if (this.rest !== '') this.takeLine(this.rest.replace(/\r$/, ''), rows);
    this.rest = '';
    if (this.open) throw new MalformedRowsError(this.open.line);
    return rows;
  }

  private takeLine(text: string, rows: DelimitedRow[]): void {
    this.line++;
    if (text === '' && !this.open) return;
    const line = this.open?.line ?? this.line;
    const row = this.open ? `${this.open.text}\n${text}` : text;
    if (row.length > LONGEST_ROW) throw new MalformedRowsError(line);
    const cells = splitCells(row, this.delimiter);
    this.open = cells ? null : { text: row, line };
    if (cells) rows.push({ line, cells });
  }
}
