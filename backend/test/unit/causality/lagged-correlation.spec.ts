import { correlateAtLags } from '../../../src/domain/causality/lagged-correlation.js';
import { Random } from '../../../src/domain/simulator/random.js';
import { correlation } from './series.js';

/** A series that leans on its own past by `memory`. */
function remembering(memory: number, steps: number, seed: number): Float64Array {
  const random = Random.seeded(seed, 61);
  let value = 0;
  return Float64Array.from({ length: steps }, () => (value = memory * value + random.normal()));
}

it.each([0, 0.5, 0.9])('calls one pair of unrelated series in twenty related, memory %d', (memory) => {
  let found = 0;
  for (let pair = 0; pair < 400; pair++) {
    const [first] = correlateAtLags(remembering(memory, 200, pair), remembering(memory, 200, 1_000 + pair), 0);
    if ((first?.p ?? 1) <= 0.05) found++;
  }
  console.log(`lagged correlation, memory ${memory}: ${found} of 400 unrelated pairs at p <= 0.05`);
  expect(found).toBeLessThanOrEqual(32);
});

it('is Pearson’s at each lag, over the steps that hold both', () => {
  const first = remembering(0.3, 60, 1);
  const second = Float64Array.from(first, (_, t) =>
    t % 9 === 4 ? Number.NaN : 0.8 * (first[t - 2] ?? 0) + Math.sin(t),
  );
  const rows = correlateAtLags(first, second, 3);
  for (const { lag, correlation: found, samples } of rows) {
    const steps = [...second.keys()].filter((t) => t >= lag && !Number.isNaN(second[t]));
    const wanted = correlation(
      steps.map((t) => first[t - lag] ?? 0),
      steps.map((t) => second[t] ?? 0),
    );
    expect(found).toBeCloseTo(wanted, 12);
    expect(samples).toBe(steps.length);
  }
  const strongest = [...rows].sort((a, b) => a.p - b.p)[0];
  expect(strongest?.lag).toBe(2);
  expect(strongest?.interval?.low).toBeGreaterThan(0);
});

it('has nothing to say about what never changes or was never measured', () => {
  const constant = new Float64Array(40).fill(3);
  const absent = new Float64Array(40).fill(Number.NaN);
  expect(correlateAtLags(constant, remembering(0, 40, 2), 0)[0]).toMatchObject({ correlation: 0, p: 1 });
  expect(correlateAtLags(absent, constant, 1)[1]).toMatchObject({ correlation: 0, p: 1, samples: 0, interval: null });
});
