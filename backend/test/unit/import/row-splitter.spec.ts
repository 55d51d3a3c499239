import fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { RowSplitter, splitCells } from '../../../src/common/csv/row-splitter.js';

function split(pieces: readonly string[]) {
  const splitter = new RowSplitter(',');
  return [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.finish()];
}

describe('rows of delimited text', () => {
  it('reads what csv-parse reads, in whatever pieces the text arrives', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ', 'é'), maxLength: 6 });
    const written = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 });
    const lineEnd = fc.constantFrom('\n', '\r\n');
    fc.assert(
      fc.property(table, lineEnd, fc.integer({ min: 1, max: 9 }), (rows, end, size) => {
        const text = rows.map((row) => row.map(written).join(',') + end).join('');
        const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
        const expected = parse(text, { relax_column_count: true, record_delimiter: ['\r\n', '\n'] });
        expect(split(pieces).map((row) => row.cells)).toEqual(expected);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it('numbers rows by the line they begin on', () => {
    expect(split(['a\r', '\n\r\n"b\nc",d\r\ne']).map((row) => [row.line, ...row.cells])).toEqual([
      [1, 'a'],
      [3, 'b\nc', 'd'],
      [5, 'e'],
    ]);
  });

  it.each([
    ['a,"b,c",d', ['a', 'b,c', 'd']],
    ['"",""', ['', '']],
    ['a,', ['a', '']],
    ['say "hi",b', ['say "hi"', 'b']],
    ['"a"b,c', ['ab', 'c']],
    ['"a""b"', ['a"b']],
    ['a,"open', null],
  ])('splits %s', (row, cells) => expect(splitCells(row, ',')).toEqual(cells));

  it('gives up on a quotation mark that swallows the file instead of reading it all into memory', () => {
    const splitter = new RowSplitter(',');
    const line = `${'x'.repeat(99)}\n`;
    expect(() => {
      splitter.push('a\n"');
      for (let i = 0; i < 1000; i++) splitter.push(line);
    }).toThrow('line 2');
  });
});
