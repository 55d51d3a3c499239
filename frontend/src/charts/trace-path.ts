/** Finer than this no screen shows it. */
const STEPS_PER_PX = 2;

export type Point = readonly [x: number, y: number];

/**
 * A run of points as an SVG path of few letters: x as given, y on half pixels, points on a straight line left out,
 * steps instead of places. A single point is a dot.
 */
export function tracePath(points: readonly Point[], closed = false): string {
  const [first, ...rest] = withoutStraight(points.map(([x, y]) => [x, Math.round(y * STEPS_PER_PX) / STEPS_PER_PX]));
  if (!first) return '';
  let path = `M${first[0]},${first[1]}`;
  if (rest.length === 0) return `${path}h0`;
  let [penX, penY] = first;
  for (const [x, y] of rest) {
    const dy = short(y - penY);
    path += `l${short(x - penX)}${dy.startsWith('-') ? '' : ' '}${dy}`;
    [penX, penY] = [x, y];
  }
  return closed ? `${path}Z` : path;
}

function withoutStraight(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  points.forEach((point, index) => {
    const before = kept.at(-1);
    const after = points[index + 1];
    if (!before || !after || !liesBetween(before, point, after)) kept.push(point);
  });
  return kept;
}

function liesBetween([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): boolean {
  const straight = (bx - ax) * (cy - by) === (cx - bx) * (by - ay);
  return straight && (bx - ax) * (cx - bx) >= 0 && (by - ay) * (cy - by) >= 0;
}

function short(value: number): string {
  const digits = String(value);
  if (digits.startsWith('0.')) return digits.slice(1);
  return digits.startsWith('-0.') ? `-${digits.slice(2)}` : digits;
}
