import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { evaluateForecastCommand } from '../../../src/commands/evaluate-forecast/evaluate-forecast.command.js';

const folder = mkdtempSync(join(tmpdir(), 'glucolens-forecast-'));
afterAll(() => rmSync(folder, { recursive: true }));

const CONTEXT = 144;
const LENGTH = 300;
/** Six made-up people, a stretch of 25 hours each. */
function writeSet(name: string): string {
  const set = join(folder, name);
  mkdirSync(set);
  const lines = ['segment,subject,time,gl'];
  for (let segment = 0; segment < 6; segment++) {
    for (let i = 0; i < LENGTH; i++) {
      const at = new Date(Date.UTC(2026, 0, 1, 6) + i * 300_000).toISOString().slice(0, 19).replace('T', ' ');
      lines.push(
        `${segment},person ${segment},${at},${(120 + 40 * Math.sin(i / (12 + segment)) + (i % 3)).toFixed(3)}`,
      );
    }
  }
  writeFileSync(join(set, 'series.csv.gz'), gzipSync(`${lines.join('\n')}\n`));
  const whole = (segment: number) => [segment, 0, LENGTH];
  const split = { train: [whole(0)], val: [whole(1), whole(2)], test_id: [whole(3), whole(4)], test_od: [whole(5)] };
  writeFileSync(
    join(set, 'splits.json'),
    JSON.stringify({ meta: { max_length_input: CONTEXT }, splits: { 1: split, 2: split } }),
  );
  return set;
}

const run = (...args: string[]) => evaluateForecastCommand.run(args, { variables: {}, folder });

it('forecasts every window of the protocol with the shipped weights, and says what those have seen', async () => {
  writeSet('made-up');
  const result = await run('made-up', '--pretrained-only', '--seeds', '1', '--out', 'predictions.csv');
  // Origins 144, 150 and so on, with 12 values after each, in each of the test ranges.
  const windows = Math.floor((LENGTH - 12 - CONTEXT) / 6) + 1;
  expect(result).toMatchObject({
    set: 'made-up',
    seeds: ['1'],
    weights: 'the shipped weights saw nothing of this set',
    predictions: 3 * windows,
    scores: [
      { part: 'made-up ID', model: 'shipped network', splits: 1, windows: 2 * windows },
      { part: 'made-up OD', model: 'shipped network', splits: 1, windows },
    ],
  });
  const [header, ...lines] = readFileSync(join(folder, 'predictions.csv'), 'utf8').trimEnd().split('\n');
  expect(header).toBe('set,seed,split,segment,origin,step,mean,q025,q10,q25,q50,q75,q90,q975');
  expect(lines).toHaveLength(3 * windows * 12);
  const rows = lines.map((line) => line.split(','));
  expect(rows[0]?.slice(0, 6)).toEqual(['made-up', '1', 'test_id', '3', '144', '1']);
  expect(rows.at(-1)?.slice(0, 6)).toEqual(['made-up', '1', 'test_od', '5', String(CONTEXT + (windows - 1) * 6), '12']);
  for (const [, , , , , , mean, ...quantiles] of rows) {
    const values = quantiles.map(Number);
    expect(values).toEqual([...values].sort((a, b) => a - b));
    expect(mean).toBe(quantiles[3]);
  }
});

it('says of a set that the shipped weights know which part of it they saw', async () => {
  writeSet('hall');
  const result = await run('hall', '--pretrained-only', '--seeds', '1', '--out', 'hall.csv');
  expect(result).toMatchObject({ weights: expect.stringContaining('the training part of split 1') });
});

it.each([
  ['a folder that is not there', ['nowhere', '--out', 'x.csv'], 'there is no folder nowhere'],
  ['no file for the predictions', ['made-up'], '--out says where the predictions go'],
  ['a split that is not there', ['made-up', '--out', 'x.csv', '--seeds', '1,77'], 'splits.json has no split 77'],
])('refuses %s', async (_, args, message) => {
  await expect(run(...args)).rejects.toThrow(message);
});
