import fc from 'fast-check';

/** A random walk; the same for the same seed. */
export function walk(length: number, seed: number): number[] {
  let state = seed >>> 0 || 1;
  const random = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  let value = 120;
  return Array.from({ length }, () => (value += 8 * (random() + random() + random() - 1.5)));
}

/** Whole numbers with stretches that stay the same and, now and then, a value that is missing: what sensors give. */
export const sensorLike = (minLength: number, maxLength: number): fc.Arbitrary<number[]> =>
  fc
    .array(
      fc.oneof(
        { weight: 12, arbitrary: fc.integer({ min: 60, max: 300 }).map((value) => [value]) },
        {
          weight: 2,
          arbitrary: fc
            .tuple(fc.integer({ min: 60, max: 64 }), fc.integer({ min: 2, max: 12 }))
            .map(([value, times]) => Array<number>(times).fill(value)),
        },
        { weight: 1, arbitrary: fc.constantFrom([Number.NaN], [Infinity], [-Infinity]) },
      ),
      { minLength, maxLength },
    )
    .map((parts) => parts.flat());
