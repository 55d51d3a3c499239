import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { matrixProfileCommand } from '../../../src/commands/matrix-profile.command.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'matrix-profile-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function run(file: unknown): Promise<unknown> {
  await writeFile(join(folder, 'file.json'), typeof file === 'string' ? file : JSON.stringify(file));
  return matrixProfileCommand.run(['file.json'], { variables: {}, folder });
}

const zigzag = [1, 3, 2, 5, 1, 3, 2, 5, 1, 3];

describe('cli matrix-profile FILE', () => {
  it('joins a series with itself; what is not finite is a word', async () => {
    const result = (await run({ kind: 'self-join', m: 4, T: ['NaN', 1, 3, 2, 5, 1, 3, 2, 5] })) as Record<
      string,
      number[]
    >;
    expect(Object.keys(result)).toEqual(['P', 'I', 'left_I', 'right_I']);
    expect([result['P']![0], result['P']![1], result['P']![5]]).toEqual(['Infinity', 0, 0]);
    expect([result['I']![0], result['I']![1], result['I']![5]]).toEqual([-1, 5, 1]);
    expect([result['left_I']![5], result['right_I']![5]]).toEqual([1, -1]);
  });

  it('gives a row for each window where there are several neighbours', async () => {
    const result = (await run({ kind: 'self-join', m: 3, k: 2, T: zigzag })) as { P: number[][]; I: number[][] };
    expect(result.I[0]).toEqual([4, expect.any(Number)]);
    expect(result.P.map((row) => row.length)).toEqual(Array(8).fill(2));
  });

  it('compares samples as they are where normalize is false', async () => {
    expect(await run({ kind: 'mass', normalize: false, Q: [1, 3, 2], T: [2, 4, 3, 9] })).toEqual({
      D: [Math.sqrt(3), expect.any(Number)],
    });
    expect(await run({ kind: 'mass', Q: [1, 3, 2], T: [2, 4, 3] })).toEqual({ D: [0] });
  });

  it('finds matches, motifs and joins, and follows a stream', async () => {
    const matches = await run({ kind: 'match', Q: [1, 3, 2, 5], T: zigzag, max_distance: 0.1 });
    expect(matches).toEqual({
      matches: [
        [0, 0],
        [0, 4],
      ],
    });
    expect(await run({ kind: 'motifs', m: 4, T: zigzag })).toMatchObject({ motif_indices: [[0, 4]] });
    expect(await run({ kind: 'ab-join', m: 4, T_A: zigzag, T_B: zigzag.slice(4) })).toMatchObject({
      I: [0, 1, 2, 3, 0, 1, 2].map(() => expect.any(Number)),
    });
    const whole = (await run({ kind: 'self-join', m: 4, T: zigzag })) as object;
    const streamed = await run({ kind: 'stumpi(egress=False)', m: 4, T: zigzag, T_initial_len: 6 });
    expect(whole).toMatchObject({ P: (streamed as { P: number[] }).P.map(() => expect.any(Number)) });
  });

  it.each([
    [{ kind: 'self-join', m: 9, T: [1, 2, 3] }, /^m is 9, more than the 3 samples of T/],
    [{ kind: 'self-join', m: 3, T: [1, 2, 3], k: 0 }, /^k /],
    [{ kind: 'self-join', m: 3 }, /T/],
    [{ kind: 'mstump', m: 3, T: [[1]] }, /kind/],
    ['no JSON', /JSON/],
  ])('refuses %j and says what is wrong', async (file, problem) => {
    await expect(run(file)).rejects.toThrow(problem);
  });

  it('tells nothing of what stands in a file that is not JSON', async () => {
    await expect(run('Jane Doe, 1970-01-01')).rejects.toThrow(/^The file is not JSON\.$/);
  });
});
