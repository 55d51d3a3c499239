/**
 * p-values adjusted to the false discovery rate (Benjamini and Hochberg 1995, 10.1111/j.2517-6161.1995.tb02031.x): what is
 * at or below q after adjustment keeps the expected share of false findings among all findings at q. Same order as given.
 */
export const benjaminiHochberg = (p: ArrayLike<number>): Float64Array => adjust(p, 1);

/** The same under any dependence between the tests (Benjamini and Yekutieli 2001, 10.1214/aos/1013699998). */
export function benjaminiYekutieli(p: ArrayLike<number>): Float64Array {
  let harmonic = 0;
  for (let rank = 1; rank <= p.length; rank++) harmonic += 1 / rank;
  return adjust(p, harmonic);
}

function adjust(p: ArrayLike<number>, penalty: number): Float64Array {
  const count = p.length;
  const order = Uint32Array.from({ length: count }, (_, index) => index).sort((a, b) => (p[a] ?? 0) - (p[b] ?? 0));
  const adjusted = new Float64Array(count);
  let smallest = 1;
  for (let rank = count; rank >= 1; rank--) {
    const index = order[rank - 1] ?? 0;
    smallest = Math.min(smallest, (p[index] ?? 1) * ((penalty * count) / rank));
    adjusted[index] = smallest;
  }
  return adjusted;
}
