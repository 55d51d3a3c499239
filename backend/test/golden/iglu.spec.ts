import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { igluFormat } from '../../src/domain/glycemia/iglu/iglu-format.js';

const TOLERANCE = 1e-9;
/** Tables of the reference that are not part of the format. */
const NOT_PRINTED = new Set(['all_metrics', 'all_metrics_consensus', 'optimized', 'agp_metrics']);

type Row = Record<string, string | number | null>;
interface Golden {
  meta: { tz: string; input: string };
  results: Record<string, { value?: unknown }>;
}

const committed = join(__dirname, 'metrics');
const reference = join(resolve(__dirname, '../../..', process.env['REFERENCE_DATA'] ?? '../shared'), 'golden/metrics');
const isPresent = existsSync(reference);
const tally = { compared: 0, skipped: 0 };
afterAll(() => {
  const notRun = isPresent ? 'every file was run' : `the iglu_* files were not run: ${reference} is absent`;
  console.log(
    `iglu golden tables: ${tally.compared} compared, ${tally.skipped} skipped because the reference is an error; ${notRun}`,
  );
});

const casesIn = (folder: string, prefix: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.startsWith(prefix) && name.endsWith('.json'))
    .map((name) => join(folder, name));

const referenceCases = isPresent ? casesIn(reference, 'iglu_') : [];
const whenPresent = isPresent ? it : it.skip;
whenPresent(`the iglu examples are found in ${reference}`, expectReferenceCases);

describe.each([...casesIn(committed, 'edge_'), ...referenceCases])('%s', (path) => {
  compareFile(path);
});

function expectReferenceCases(): void {
  expect(referenceCases).toHaveLength(3);
}

function compareFile(path: string): void {
  const golden = JSON.parse(readFileSync(path, 'utf8')) as Golden;
  const report = igluFormat(readFileSync(join(path, '..', golden.meta.input), 'utf8'), golden.meta.tz);
  const tables = Object.entries(golden.results).filter(([name]) => !NOT_PRINTED.has(name));

  it('prints the tables of the reference and no others', () => {
    const wanted = tables.filter(([, { value }]) => Array.isArray(value) || isError(value));
    expect(Object.keys(report).sort()).toEqual(wanted.map(([name]) => name).sort());
  });

  const comparable = tables.flatMap(([name, { value }]) => {
    if (isError(value)) tally.skipped++;
    return Array.isArray(value) ? [[name, value as Row[]] as const] : [];
  });
  it.each(comparable)('%s has the rows, columns and values of the reference', (name, wanted) => {
    tally.compared++;
    const rows = report[name] ?? [];
    expect(rows.map((row) => Object.keys(row))).toEqual(wanted.map((row) => Object.keys(row)));
    expect(rows).toHaveLength(wanted.length);
    rows.forEach((row, i) => expect(differences(row, wanted[i] ?? {})).toEqual([]));
  });
}

function isError(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'error' in value;
}

function differences(row: Row, wanted: Row): string[] {
  return Object.keys(wanted)
    .filter((column) => !isSame(row[column] ?? null, wanted[column] ?? null))
    .map((column) => `${column}: ${row[column]} instead of ${wanted[column]}`);
}

function isSame(value: string | number | null, wanted: string | number | null): boolean {
  if (typeof wanted !== 'number' || typeof value !== 'number') return value === (wanted === 'NaN' ? null : wanted);
  const error = Math.abs(value - wanted);
  return error <= TOLERANCE || error <= TOLERANCE * Math.abs(wanted);
}
