/** Ranks from 1, equal values sharing the mean of theirs, and how many values share each: 1 where a value stands alone. */
export function sharedRanks(values: readonly number[]): { ranks: Float64Array; ties: number[] } {
  const order = values.map((_, index) => index).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks = new Float64Array(values.length);
  const ties: number[] = [];
  for (let from = 0; from < order.length; from += ties.at(-1) ?? 1) {
    let to = from + 1;
    while (to < order.length && values[order[to] ?? 0] === values[order[from] ?? 0]) to++;
    for (let place = from; place < to; place++) ranks[order[place] ?? 0] = (from + 1 + to) / 2;
    ties.push(to - from);
  }
  return { ranks, ties };
}
