import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { correlationsCommand } from '../../src/commands/correlations.command.js';
import { toJson } from '../../src/commands/print-json.js';

const TOLERANCE = 1e-9;
/** Not promised: two tests that the product has no use for. */
const NOT_RUN = ['ks_2samp_auto', 'wilcoxon_approx'];
const GIVEN = ['x', 'y', 'x_ties', 'y_ties', 'n'];

type Row = Record<string, number | number[]>;
interface Golden {
  readonly correlations: readonly Row[];
  readonly fdr: Readonly<Record<'p' | 'bh' | 'by', number[]>>;
  readonly student_t_two_sided_p: ReadonlyArray<[freedom: number, t: number, p: number]>;
}

const folder = join(resolve(__dirname, '../../..', process.env['REFERENCE_DATA'] ?? '../shared'), 'golden/ml/stats');
const path = join(folder, 'correlations.json');
const isPresent = existsSync(path);
let compared = 0;
afterAll(() => {
  const told = isPresent ? `${compared} results compared` : `nothing was run: ${path} is absent`;
  console.log(`statistics of SciPy: ${told}; by intention without ${NOT_RUN.join(', ')}`);
});

const read = () => JSON.parse(readFileSync(path, 'utf8')) as Golden;
const wanted = isPresent ? read() : null;

/** What the command prints, read back as whoever called it would read it. */
async function printed(): Promise<Golden> {
  return JSON.parse(toJson(await correlationsCommand.run([path], { variables: {}, folder: __dirname }))) as Golden;
}

/** Ours with each number that is near enough replaced by theirs, so that what differs is shown by its place. */
function nearestTo(theirs: readonly number[], ours: readonly number[] | undefined): number[] {
  compared++;
  return (ours ?? []).map((value, index) => {
    const other = theirs[index] ?? Number.NaN;
    return Math.abs(value - other) <= TOLERANCE * Math.max(Math.abs(other), Number.MIN_VALUE) ? other : value;
  });
}

const whenPresent = isPresent ? describe : describe.skip;
whenPresent('cli correlations prints what SciPy prints', () => {
  it('has the cases that were promised', () => {
    expect(wanted?.correlations.map(({ n }) => n)).toEqual([10, 30, 200]);
    expect(wanted?.student_t_two_sided_p).toHaveLength(42);
  });

  it.each([...(wanted?.correlations.entries() ?? [])])('row %i', async (index, row) => {
    const ours = (await printed()).correlations[index] as Row;
    const fields = Object.keys(row).filter((field) => !GIVEN.includes(field) && !NOT_RUN.includes(field));
    expect(fields).toHaveLength(8);
    expect(ours['n']).toBe(row['n']);
    for (const field of fields) {
      const theirs = row[field] as number[];
      expect({ field, value: nearestTo(theirs, ours[field] as number[]) }).toEqual({ field, value: theirs });
    }
  });

  it.each(['bh', 'by'] as const)('p-values adjusted by %s', async (method) => {
    const theirs = wanted?.fdr[method] ?? [];
    expect(nearestTo(theirs, (await printed()).fdr[method])).toEqual(theirs);
  });

  it('tails of Student’s t, by relative error down to 1e-32', async () => {
    const theirs = wanted?.student_t_two_sided_p ?? [];
    const ours = (await printed()).student_t_two_sided_p;
    expect(ours.map((row, index) => nearestTo(theirs[index] ?? [], row))).toEqual(theirs);
  });
});
