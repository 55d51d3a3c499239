import { decimate, layoutDay, splitAtGaps } from '@/charts/days/layout';
import type { DayPoint } from '@/api/types';
import { dayOf, flat } from './data';

const OPTIONS = {
  height: 72,
  unit: 'mg/dL',
  axis: { min: 40, max: 400 },
  target: { lowMgdl: 70, highMgdl: 180 },
  widthPx: 720,
} as const;
const layout = (points: DayPoint[]) => layoutDay(dayOf(points), OPTIONS);

/** Where the points of a path of one run lie, px from the top. */
function heightsOf(path: string): number[] {
  const start = Number(/^M[\d.]+,([\d.]+)/.exec(path)?.[1]);
  const steps = [...path.matchAll(/l-?[\d.]+ ?(-?[\d.]+)/g)].map((match) => Number(match[1]));
  return steps.reduce((heights, step) => [...heights, (heights.at(-1) ?? 0) + step], [start]);
}

describe('a day from midnight to midnight', () => {
  it('breaks the line after more than fifteen minutes without a reading', () => {
    expect(layout([...flat(0, 60, 100), ...flat(75, 120, 100)]).line.match(/M/g)).toHaveLength(1);
    expect(layout([...flat(0, 60, 100), ...flat(76, 121, 100)]).line.match(/M/g)).toHaveLength(2);
  });

  it('joins readings of a fifteen-minute sensor that drifts by a minute, and breaks at a missed one', () => {
    const drifting: DayPoint[] = [0, 15, 31, 46, 61].map((minute) => [minute, 110, 0]);
    expect(splitAtGaps(drifting)).toHaveLength(1);
    expect(splitAtGaps([...drifting, [91, 110, 0]])).toHaveLength(2);
  });

  it('shows a lone reading as a dot', () => {
    expect(layout([[300, 100, 0]]).line).toBe('M300,60h0');
  });

  it('has no line on a day without readings', () => {
    expect(layout([])).toMatchObject({ line: '', above: '', below: '', lows: [], clippedHigh: [] });
  });

  it('clamps at 400 and says so with a mark in the middle of the run', () => {
    const { line, clippedHigh } = layout([...flat(0, 55, 200), ...flat(60, 80, 420), ...flat(85, 120, 200)]);
    expect(clippedHigh).toEqual([70]);
    expect(heightsOf(line)).toEqual([40, 40, 0, 0, 40, 40]);
  });

  it('marks a sensor that said High although its number lies on the axis', () => {
    expect(layout([...flat(0, 10, 390), [15, 400, 4], ...flat(20, 30, 390)]).clippedHigh).toEqual([15]);
  });

  it('marks each low once, and tells a Low of the sensor from a measured one', () => {
    const points: DayPoint[] = [
      ...flat(0, 20, 65),
      ...flat(25, 60, 100),
      [65, 40, 2],
      [70, 40, 2],
      ...flat(75, 90, 90),
    ];
    expect(layout(points).lows).toEqual([
      { minute: 10, clipped: false },
      { minute: 70, clipped: true },
    ]);
  });

  it('counts the limits of the target as in range', () => {
    expect(layout([...flat(0, 60, 70), ...flat(65, 120, 180)])).toMatchObject({ lows: [], above: '', below: '' });
  });

  it('draws the hour that was lived twice twice, and does not run back in between', () => {
    const { line } = layout([...flat(0, 175, 100), ...flat(120, 1435, 110)]);
    expect(line.match(/M[0-9]+/g)).toEqual(['M0', 'M120']);
  });

  it('draws a day whose clocks were put forward up to midnight', () => {
    const { line } = layout([...flat(0, 115, 100), ...flat(180, 1435, 100)]);
    expect(line.match(/M[0-9]+/g)).toEqual(['M0', 'M180']);
    expect(line).toMatch(/M180,[\d.]+l1255 0$/);
  });
});

describe('thinning a dense trace', () => {
  const dense: DayPoint[] = flat(0, 1439, 110, 1);

  it('keeps at most two points a pixel', () => {
    expect(decimate(dense, 180 / 1440).length).toBeLessThanOrEqual(2 * 180);
  });

  it('keeps a single low reading and a single high one', () => {
    const points = dense.map((point): DayPoint => {
      if (point[0] === 700) return [700, 41, 0];
      return point[0] === 702 ? [702, 399, 0] : point;
    });
    const kept = decimate(points, 180 / 1440).map(([, mgdl]) => mgdl);
    expect(Math.min(...kept)).toBe(41);
    expect(Math.max(...kept)).toBe(399);
  });

  it('leaves five-minute readings as they are', () => {
    expect(decimate(flat(0, 1435, 110), 180 / 1440)).toHaveLength(288);
  });
});
