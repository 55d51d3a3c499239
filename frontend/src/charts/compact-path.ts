const COMMANDS = /([MLZh])([^MLZh]*)/g;
/** Finer than this no screen shows it. */
const STEPS_PER_PX = 2;

type Point = readonly [x: number, y: number];

/**
 * The same path in a fifth of its letters: y on half pixels, points on a straight line left out, steps instead of
 * places. Takes what d3 writes for straight segments: M, L, Z and the dot `h0`.
 */
export function compactPath(path: string): string {
  let written = '';
  let pen: Point = [0, 0];
  let run: Point[] = [];
  const flush = () => {
    for (const point of withoutStraight(run)) {
      written += step(written === '' || point === run[0] ? 'm' : 'l', pen, point);
      pen = point;
    }
    run = [];
  };
  for (const [, command, rest = ''] of path.matchAll(COMMANDS)) {
    if (command === 'M') flush();
    if (command === 'M' || command === 'L') run.push(pointOf(rest));
    else {
      const start = run[0];
      flush();
      written += command === 'Z' ? 'z' : 'h0';
      if (command === 'Z' && start) pen = start;
    }
  }
  flush();
  return written;
}

function pointOf(pair: string): Point {
  const [x = 0, y = 0] = pair.split(',').map(Number);
  return [x, Math.round(y * STEPS_PER_PX) / STEPS_PER_PX];
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

function step(command: string, [fromX, fromY]: Point, [x, y]: Point): string {
  const dy = short(y - fromY);
  return `${command}${short(x - fromX)}${dy.startsWith('-') ? '' : ' '}${dy}`;
}

const short = (value: number): string => String(Math.round(value * 10) / 10).replace(/^(-?)0\./, '$1.');
