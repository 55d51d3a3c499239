import * as fc from 'fast-check';
import { SettledIds } from '../../../src/modules/live/settled-ids.js';

const look = (endedBelow: number, given: number | null = null) => ({
  endedBelow: BigInt(endedBelow),
  given: given === null ? null : BigInt(given),
});

it('waits for a number that has not turned up, and passes it once it has', () => {
  const ids = new SettledIds(10);
  ids.see([11, 13], look(1));
  expect([ids.settled, ids.last]).toEqual([11, 13]);
  ids.see([12], look(1));
  expect([ids.settled, ids.last, ids.gaps]).toEqual([13, 13, []]);
});

it('gives a number up only once every transaction that may hold it has ended', () => {
  const ids = new SettledIds(0);
  ids.see([2], look(50));
  ids.see([], look(80));
  expect(ids.settled).toBe(0);
  ids.see([], look(80, 90));
  ids.see([], look(89));
  expect(ids.settled).toBe(0);
  ids.see([], look(90));
  expect(ids.settled).toBe(2);
});

/** A database with a sequence: transactions take numbers, and commit or are undone in any order. */
interface Step {
  readonly do: 'begin' | 'look' | 'take' | 'commit' | 'undo';
  /** Of the running transactions, where it concerns one. */
  readonly which: number;
}

const often = <const T>(value: T, weight: number) => ({ arbitrary: fc.constant(value), weight });

const steps = fc.array(
  fc.record({
    do: fc.oneof(often('begin', 2), often('look', 4), often('take', 4), often('commit', 2), often('undo', 1)),
    which: fc.nat(),
  }),
  { minLength: 20, maxLength: 200 },
);

function play(history: readonly Step[]) {
  const ids = new SettledIds(0);
  const running = new Map<number, number[]>();
  const visible = new Set<number>();
  const seen: number[] = [];
  let nextTransaction = 1;
  let nextId = 1;
  const late: { id: number; settled: number }[] = [];
  const lookNow = () => {
    const endedBelow = Math.min(...running.keys(), nextTransaction);
    const inGaps = (id: number) => ids.gaps.some(({ first, last }) => id >= first && id <= last);
    const found = [...visible].filter((id) => id > ids.last || inGaps(id));
    for (const id of found) if (id <= ids.settled) late.push({ id, settled: ids.settled });
    seen.push(...found);
    const asks = ids.gaps.some(({ takenBefore }) => takenBefore === null);
    ids.see(found, look(endedBelow, asks ? nextTransaction++ : null));
  };
  for (const step of history) {
    const open = [...running.keys()];
    if (step.do === 'begin') running.set(nextTransaction++, []);
    else if (step.do === 'look') lookNow();
    else if (open.length > 0) {
      const xid = open[step.which % open.length] ?? 0;
      if (step.do === 'take') running.get(xid)?.push(nextId++);
      if (step.do === 'commit') for (const id of running.get(xid) ?? []) visible.add(id);
      if (step.do !== 'take') running.delete(xid);
    }
    for (const id of visible) if (id <= ids.settled && !seen.includes(id)) late.push({ id, settled: ids.settled });
  }
  running.clear();
  for (let n = 0; n < 3; n++) lookNow();
  return { ids, late, seen, visible };
}

it('never settles beyond a number that turns up later, passes each on once, and settles everything in the end', () => {
  fc.assert(
    fc.property(steps, (history) => {
      const { ids, late, seen, visible } = play(history);
      expect(late).toEqual([]);
      expect([...seen].sort((a, b) => a - b)).toEqual([...visible].sort((a, b) => a - b));
      expect(ids.settled).toBe(ids.last);
    }),
    { numRuns: 500 },
  );
});
