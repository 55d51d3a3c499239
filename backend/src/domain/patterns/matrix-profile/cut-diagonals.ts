/**
 * Cuts the diagonals `from` up to `to` of a self-join into at most `pieces` ranges of about as many pairs each: diagonal
 * `d` has `to - d` of them. Every range but the last is a multiple of `granularity` diagonals long.
 */
export function cutDiagonals(from: number, to: number, pieces: number, granularity = 8): [from: number, to: number][] {
  const ranges: [number, number][] = [];
  let start = from;
  for (let piece = 1; piece <= pieces && start < to; piece++) {
    // The pairs before diagonal d are the part 1 - ((to - d) / (to - from))^2 of all.
    const ideal = to - (to - from) * Math.sqrt(1 - piece / pieces);
    const steps = Math.max(1, Math.round((ideal - start) / granularity));
    const end = piece === pieces ? to : Math.min(to, start + steps * granularity);
    ranges.push([start, end]);
    start = end;
  }
  return ranges;
}
