import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { run } from '../local/processes.mjs';
import { whenCalled } from './main-script.mjs';

/** A pull request fails when the better of its rounds is worse than main's by more than this. */
const TOLERANCE = 0.2;

/** What is compared. Tails and first calls move too much on a shared machine to judge a change by. */
const MEASURES = [
  { name: /^ratio$/, better: 'higher' },
  { name: /PerSecond$/, better: 'higher' },
  { name: /^p50Ms$/, better: 'lower' },
  { name: /^(report|profile|cpu)\w*CpuMs$/, better: 'lower' },
];
const NOT_MEASURED = /First/;

/** JSON lines of `npm run bench` as a map from "bench / what / measure" to a value. Bare statements are no product code. */
export function measuresOf(lines) {
  const measures = new Map();
  for (const line of lines.filter((text) => text.startsWith('{'))) {
    const row = JSON.parse(line);
    if (!row.bench || String(row.what ?? '').startsWith('bare ')) continue;
    const judged = row.ratio === undefined ? Object.keys(row) : ['ratio'];
    for (const key of judged) {
      const measure = NOT_MEASURED.test(key) ? undefined : MEASURES.find(({ name }) => name.test(key));
      if (measure && typeof row[key] === 'number')
        measures.set([row.bench, row.what, key].filter(Boolean).join(' / '), {
          value: row[key],
          better: measure.better,
        });
    }
  }
  return measures;
}

/** The best of several rounds, measure by measure: noise only ever makes a number worse. */
export function best(rounds) {
  const merged = new Map();
  for (const [name, { value, better }] of rounds.flatMap((round) => [...round])) {
    const known = merged.get(name)?.value ?? value;
    merged.set(name, { better, value: better === 'lower' ? Math.min(known, value) : Math.max(known, value) });
  }
  return merged;
}

/** Rows `{ name, base, head, worse, ok }`, `worse` as a share of the base. A measure that vanished is not ok. */
export function compare(base, head) {
  return [...base].map(([name, { value, better }]) => {
    const now = head.get(name)?.value;
    if (now === undefined) return { name, base: value, head: null, worse: null, ok: false };
    const worse = better === 'lower' ? now / value - 1 : value / now - 1;
    return { name, base: value, head: now, worse, ok: worse <= TOLERANCE };
  });
}

async function bench(folder, names) {
  const { stdout } = await run('npm', ['run', '--silent', 'bench', '--', ...names], { cwd: folder, output: 'capture' });
  return measuresOf(stdout.split('\n'));
}

/** The two take turns, so that a machine that slows down slows both. */
async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      base: { type: 'string' },
      head: { type: 'string', default: '.' },
      rounds: { type: 'string', default: '2' },
    },
  });
  if (!values.base)
    throw new Error('usage: node infra/ci/bench-compare.mjs --base FOLDER [--head FOLDER] [--rounds N] [NAME …]');
  const rounds = { base: [], head: [] };
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const side of ['base', 'head']) rounds[side].push(await bench(resolve(values[side]), positionals));
  }
  const rows = compare(best(rounds.base), best(rounds.head));
  if (rows.length === 0) throw new Error('the base printed nothing that could be compared');
  for (const { name, base, head, worse, ok } of rows) {
    const change =
      head === null
        ? 'is gone'
        : `${head.toPrecision(4)} (${worse > 0 ? 'worse' : 'better'} by ${Math.abs(worse * 100).toFixed(1)} %)`;
    process.stdout.write(`${ok ? 'ok    ' : 'FAILED'} ${name}: ${base.toPrecision(4)} → ${change}\n`);
  }
  return rows.every(({ ok }) => ok) ? 0 : 1;
}

await whenCalled(import.meta.url, main);
