/**
 * Moves label centres (ascending, px) as little as possible so that neighbours keep `gap` and all stay within
 * [low, high]. Least squares: with the gaps taken out it is an isotonic regression (pool adjacent violators).
 */
export function pushApart(centres: readonly number[], gap: number, low: number, high: number): number[] {
  const room = Math.max(low, high - gap * (centres.length - 1));
  const pools: Array<{ mean: number; size: number }> = [];
  centres.forEach((centre, index) => {
    let pool = { mean: centre - index * gap, size: 1 };
    for (let last = pools.at(-1); last && last.mean >= pool.mean; last = pools.at(-1)) {
      const size = last.size + pool.size;
      pool = { mean: (last.mean * last.size + pool.mean * pool.size) / size, size };
      pools.pop();
    }
    pools.push(pool);
  });
  return pools
    .flatMap(({ mean, size }) => Array<number>(size).fill(mean))
    .map((position, index) => Math.min(Math.max(position, low), room) + index * gap);
}
