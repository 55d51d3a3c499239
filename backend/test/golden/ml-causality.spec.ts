import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from '../../src/commands/command.js';
import { pcmciCommand } from '../../src/commands/pcmci.command.js';
import { rulesCommand } from '../../src/commands/rules.command.js';
import { toJson } from '../../src/commands/print-json.js';

const committed = join(__dirname, 'ml-causality');
const reference = join(resolve(__dirname, '../../..', process.env['REFERENCE_DATA'] ?? '../shared'), 'golden/ml');
const isPresent = existsSync(reference);
const tally = { pcmci: 0, rules: 0 };
afterAll(() => {
  const notRun = isPresent
    ? 'every file of the reference was run'
    : `the other files were not run: ${reference} is absent`;
  console.log(`golden causality: ${tally.pcmci} files of PCMCI, ${tally.rules} of association rules; ${notRun}`);
});

const filesIn = (folder: string, prefix: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.startsWith(prefix) && name.endsWith('.json'))
        .map((name) => join(folder, name))
    : [];

/** What the command prints, read back as whoever called it would read it. */
async function printed<T>(command: Command, path: string): Promise<T> {
  const result = await command.run([path], { variables: {}, folder: __dirname });
  return JSON.parse(toJson(result)) as T;
}

const read = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;

type Numbers = number[][][];
interface Links {
  val_matrix: Numbers;
  p_matrix: Numbers;
  graph: string[][][];
  parents: Record<string, number[][]>;
}

const farthest = (ours: Numbers, theirs: Numbers): number =>
  Math.max(...theirs.flat(2).map((value, index) => Math.abs(value - (ours.flat(2)[index] ?? Number.NaN))));

const whenPresent = isPresent ? it : it.skip;
whenPresent(`eight files of PCMCI and two of rules are found in ${reference}`, expectReferenceFiles);

function expectReferenceFiles(): void {
  expect(filesIn(join(reference, 'pcmci'), '')).toHaveLength(8);
  expect(filesIn(join(reference, 'association'), '')).toHaveLength(2);
}

describe('cli pcmci prints what the reference prints', () => {
  it.each([...filesIn(committed, 'var5'), ...filesIn(join(reference, 'pcmci'), '')])('%s', async (path) => {
    tally.pcmci++;
    const ours = await printed<Links>(pcmciCommand, path);
    const theirs = read<Links>(path);
    expect(ours.val_matrix.map((targets) => targets.map((lags) => lags.length))).toEqual(
      theirs.val_matrix.map((targets) => targets.map((lags) => lags.length)),
    );
    expect(farthest(ours.val_matrix, theirs.val_matrix)).toBeLessThan(1e-9);
    expect(farthest(ours.p_matrix, theirs.p_matrix)).toBeLessThan(1e-9);
    expect(ours.graph).toEqual(theirs.graph);
    expect(ours.parents).toEqual(theirs.parents);
  });
});

type Rule = Record<string, number | string | string[]>;
interface Rules {
  frequent_itemsets: Array<{ items: string[]; support: number }>;
  maximal_itemsets: string[][];
  rules: Rule[];
}

/** The rules with every number within 1e-12 of the reference replaced by it, so that what differs is shown by name. */
const nearestTo = (theirs: Rule[], ours: Rule[]): Rule[] =>
  ours.map((rule, index) =>
    Object.fromEntries(
      Object.entries(rule).map(([name, value]) => {
        const wanted = theirs[index]?.[name];
        const isNear = typeof value === 'number' && typeof wanted === 'number' && Math.abs(value - wanted) < 1e-12;
        return [name, isNear ? wanted : value];
      }),
    ),
  );

describe('cli rules prints what the reference prints', () => {
  it.each([...filesIn(committed, 'classic'), ...filesIn(join(reference, 'association'), '')])('%s', async (path) => {
    tally.rules++;
    const ours = await printed<Rules>(rulesCommand, path);
    const theirs = read<Rules>(path);
    expect(ours.frequent_itemsets.map(({ items }) => items)).toEqual(
      theirs.frequent_itemsets.map(({ items }) => items),
    );
    ours.frequent_itemsets.forEach(({ support }, index) =>
      expect(support).toBeCloseTo(theirs.frequent_itemsets[index]?.support ?? Number.NaN, 12),
    );
    expect(ours.maximal_itemsets).toEqual(theirs.maximal_itemsets);
    expect(nearestTo(theirs.rules, ours.rules)).toEqual(theirs.rules);
  });
});
