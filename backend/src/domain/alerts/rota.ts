/** A stretch of time, seconds since the epoch; the end is not part of it. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Where nobody is on call between two instants. Shifts come in any order and may overlap. */
export function rotaGaps(shifts: readonly Stretch[], { from, to }: Stretch): Stretch[] {
  const gaps: Stretch[] = [];
  let coveredUntil = from;
  for (const shift of [...shifts].sort((a, b) => a.from - b.from)) {
    if (shift.to <= coveredUntil) continue;
    if (shift.from >= to) break;
    if (shift.from > coveredUntil) gaps.push({ from: coveredUntil, to: shift.from });
    coveredUntil = shift.to;
  }
  if (coveredUntil < to) gaps.push({ from: coveredUntil, to });
  return gaps;
}
