import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { matrixProfileCommand } from '../../src/commands/matrix-profile.command.js';
import { distanceProfile } from '../../src/domain/patterns/matrix-profile/distance-profile.js';

const TOLERANCE = 1e-6;
/** STUMPY's own rounding, in one table: the square root of what is left of 1 - r where shapes are all but the same. */
const NEAR_ZERO = { file: 'motifs_cgm_week_m36.json', field: 'motif_distances', below: 1e-5 };
/** Not promised: segmentation, chains, and profiles of several dimensions. */
const NOT_RUN = ['fluss_chains_m24.json', 'mstump_3d_m24.json'];
const INDEX_FIELDS = ['I', 'left_I', 'right_I', 'motif_indices'];

type Value = number | string | readonly Value[];
interface Golden {
  readonly m?: number;
  readonly T?: readonly (number | string)[];
  readonly [field: string]: unknown;
}

const folder = join(
  resolve(__dirname, '../../..', process.env['REFERENCE_DATA'] ?? '../shared'),
  'golden/ml/matrix-profile',
);
const files = existsSync(folder) ? readdirSync(folder).filter((name) => !NOT_RUN.includes(name)) : [];
afterAll(() => {
  const told = files.length === 0 ? `nothing was run: ${folder} is absent` : `${files.length} files compared`;
  console.log(`matrix profile of STUMPY: ${told}; by intention without ${NOT_RUN.join(', ')}`);
});

const whenPresent = files.length > 0 ? describe : describe.skip;
whenPresent('the matrix profile of STUMPY', () => {
  it('has all the files that were promised', () => expect(files).toHaveLength(16));

  it.each(files)('%s is met by cli matrix-profile', async (name) => {
    const golden = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Golden;
    const results = (await matrixProfileCommand.run([name], { variables: {}, folder })) as Record<string, Value>;
    const fields = ['P', 'I', 'left_I', 'right_I', 'D', 'matches', 'motif_distances', 'motif_indices']
      .concat('discords_top3_excl_ceil_m_over_4')
      .filter((field) => golden[field] !== undefined);
    expect(fields.length).toBeGreaterThan(0);
    for (const field of fields) {
      if (INDEX_FIELDS.includes(field)) {
        expect({ field, value: results[field] }).toEqual({ field, value: golden[field] });
        continue;
      }
      const zero = name === NEAR_ZERO.file && field === NEAR_ZERO.field ? NEAR_ZERO.below : 0;
      const wrong = differences(results[field]!, golden[field] as Value, zero);
      expect({ field, wrong }).toEqual({ field, wrong: [] });
    }
  });

  it.each(files.filter((name) => name.startsWith('sj_')))('%s: neighbours are as near as it says', async (name) => {
    const golden = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Golden;
    const results = (await matrixProfileCommand.run([name], { variables: {}, folder })) as Record<string, Value>;
    const series = golden.T!.map(Number);
    const [nearest, told] = [(results['I'] as Value[]).flat(), (results['P'] as Value[]).flat()];
    const k = nearest.length / (series.length - golden.m! + 1);
    const wrong = nearest.flatMap((index, place) => {
      const window = Math.floor(place / k);
      const query = series.slice(window, window + golden.m!);
      if (index === -1) return told[place] === 'Infinity' ? [] : [place];
      const one = series.slice(Number(index), Number(index) + golden.m!);
      const distance = distanceProfile(query, one)[0]!;
      return Math.abs(distance - Number(told[place])) <= TOLERANCE ? [] : [place];
    });
    expect(wrong).toEqual([]);
  });
});

/** Places at which two tables of numbers differ by more than the rules of the reference allow. */
function differences(own: Value, wanted: Value, zero: number, path = ''): string[] {
  if (Array.isArray(wanted)) {
    if (!Array.isArray(own) || own.length !== wanted.length) return [`${path} has another length`];
    return wanted.flatMap((value, i) => differences(own[i] as Value, value as Value, zero, `${path}/${i}`));
  }
  if (own === wanted) return [];
  const [a, b] = [Number(own), Number(wanted)];
  const isNear = Math.abs(a - b) <= TOLERANCE || Math.max(a, b) < zero;
  return isNear ? [] : [`${path}: ${String(own)}, not ${String(wanted)}`];
}
