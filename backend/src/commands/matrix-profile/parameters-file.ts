import { z } from 'zod';

/** JSON has no words for these; files name them. */
const WORDS: Readonly<Record<string, number>> = { NaN: Number.NaN, Infinity, '-Infinity': -Infinity };

const Sample = z.union([
  z.number(),
  z.enum(['NaN', 'Infinity', '-Infinity']).transform((word) => WORDS[word]!),
  z.null().transform(() => Number.NaN),
]);
const Series = z.array(Sample);
const Count = z.number().int().positive();
/** A number, `Infinity` as a word; anything else, such as a sentence about the default, leaves it to the default. */
const Radius = z
  .union([z.number(), z.literal('Infinity').transform(() => Infinity), z.string().transform(() => null), z.null()])
  .optional();

const Comparing = { normalize: z.boolean().default(true) };
const Profiling = { ...Comparing, m: z.number(), k: z.number().default(1), exclusion_zone: z.number().optional() };
const Streaming = { ...Profiling, T: Series, T_initial_len: Count };

/** What is to be computed, by `kind`. Whatever else a file holds, such as expected results, is left aside. */
export const ParametersFile = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('self-join'), ...Profiling, T: Series }),
  z.object({ kind: z.literal('ab-join'), ...Profiling, T_A: Series, T_B: Series }),
  z.object({ kind: z.literal('mass'), ...Comparing, Q: Series, T: Series }),
  z.object({
    kind: z.literal('match'),
    ...Comparing,
    Q: Series,
    T: Series,
    max_distance: Radius,
    max_matches: Count.nullish(),
  }),
  z.object({
    kind: z.literal('motifs'),
    ...Profiling,
    T: Series,
    params: z
      .object({
        min_neighbors: z.number().default(1),
        max_distance: Radius,
        cutoff: Radius,
        max_matches: z.number().default(10),
        max_motifs: z.number().default(1),
      })
      .prefault({}),
  }),
  z.object({ kind: z.literal('stumpi(egress=False)'), ...Streaming }),
  z.object({ kind: z.literal('stumpi(egress=True)'), ...Streaming }),
]);
export type ParametersFile = z.infer<typeof ParametersFile>;

export type Parameters<K extends ParametersFile['kind']> = Extract<ParametersFile, { kind: K }>;
