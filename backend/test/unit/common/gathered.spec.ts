import { setTimeout as sleep } from 'node:timers/promises';
import { Gathered } from '../../../src/common/gathered.js';

const doubling = (most: number) => {
  const goes: number[][] = [];
  const gathered = new Gathered<number, number>(most, async (items) => {
    goes.push([...items]);
    await sleep(20);
    if (items.includes(13)) throw new Error('unlucky');
    return items.map((item) => item * 2);
  });
  return { goes, ask: (...items: number[]) => Promise.allSettled(items.map((item) => gathered.ask(item))) };
};

const values = (settled: PromiseSettledResult<number>[]) =>
  settled.map((one) => (one.status === 'fulfilled' ? one.value : 'failed'));

it('does together what arrives together, and what arrives meanwhile in the go after it', async () => {
  const { goes, ask } = doubling(10);
  const first = ask(1, 2);
  await sleep(5);
  const second = ask(3);
  const third = ask(4);
  expect(values(await first)).toEqual([2, 4]);
  expect(values([...(await second), ...(await third)])).toEqual([6, 8]);
  expect(goes).toEqual([
    [1, 2],
    [3, 4],
  ]);
});

it('takes no more than it may, and begins again after a pause', async () => {
  const { goes, ask } = doubling(2);
  expect(values(await ask(1, 2, 3))).toEqual([2, 4, 6]);
  expect(values(await ask(5))).toEqual([10]);
  expect(goes).toEqual([[1, 2], [3], [5]]);
});

it('tells everybody of a go that failed, and goes on', async () => {
  const { ask } = doubling(2);
  expect(values(await ask(1, 13, 3))).toEqual(['failed', 'failed', 6]);
});

it('does not wait for a go that hangs', async () => {
  const gathered = new Gathered<string, string>(1, (items) =>
    items.includes('hangs') ? new Promise(() => undefined) : Promise.resolve([...items]),
  );
  void gathered.ask('hangs');
  expect(await Promise.all([gathered.ask('one'), gathered.ask('other')])).toEqual(['one', 'other']);
});
