import { setMaxListeners } from 'node:events';
import { parseArgs } from 'node:util';
import { describeMachine } from '../local/machine.mjs';
import { FAULTS } from './faults/index.mjs';
import { prepareGround } from './kit/ground.mjs';
import { formatTable } from './kit/report.mjs';
import { play } from './kit/play.mjs';

const tell = (text) => process.stderr.write(`${text}\n`);

const { json, wanted } = readArguments();
const faults = FAULTS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));

const stopping = new AbortController();
for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => stopping.abort());
// Everything that is started and waited for listens.
setMaxListeners(0, stopping.signal);
const interrupted = new Promise((_, reject) =>
  stopping.signal.addEventListener('abort', () => reject(new Error('interrupted'))),
);
interrupted.catch(() => {});

const begun = performance.now();
tell('Preparing: backend, PostgreSQL, people');
const ground = await prepareGround(tell).catch((error) => {
  tell(error.message);
  process.exit(1);
});
const rows = [];
try {
  if (json) print({ machine: describeMachine() });
  for (const together of inTurns(faults)) {
    if (stopping.signal.aborted) break;
    for (const row of await Promise.all(together.map(playOne))) {
      rows.push(row);
      if (json) print({ drill: row.fault, ...row });
    }
  }
} finally {
  await ground.close();
}

if (!json) process.stdout.write(`\n${formatTable(rows, process.stdout.columns)}\n\n`);
const failed = rows.filter(({ verdict }) => verdict === 'fails').length;
const complete = rows.length === faults.length;
tell(`${rows.length - failed} of ${faults.length} hold, ${((performance.now() - begun) / 1000).toFixed(0)} s`);
process.exit(failed === 0 && complete ? 0 : 1);

async function playOne(fault) {
  const { name, title } = fault;
  tell(`${name}: ${title}`);
  const told = (text) => tell(`  ${name}: ${text}`);
  const row = await play(ground, fault, { tell: told, signal: stopping.signal, interrupted });
  told(`${row.verdict === 'fails' ? 'FAILS' : row.verdict} after ${row.seconds.toFixed(1)} s`);
  return row;
}

/** Neighbours that mostly wait are one turn; every other fault is a turn of its own. */
function inTurns(list) {
  const turns = [];
  for (const fault of list) {
    const last = turns.at(-1);
    if (fault.sideBySide && last?.[0].sideBySide) last.push(fault);
    else turns.push([fault]);
  }
  return turns;
}

function print(line) {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({ options: { json: { type: 'boolean' } }, allowPositionals: true });
    const unknown = positionals.filter((name) => !FAULTS.some((fault) => fault.name === name));
    if (unknown.length === 0) return { json: values.json ?? false, wanted: positionals };
    tell(`No such fault: ${unknown.join(', ')}. There are ${FAULTS.map(({ name }) => name).join(', ')}.`);
  } catch (error) {
    tell(`${error.message}\nUsage: npm run drill [-- [--json] FAULT …]`);
  }
  process.exit(2);
}
