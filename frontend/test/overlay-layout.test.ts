import { layoutOverlay } from '@/charts/overlay/layout';
import { profileOf } from './data';

const OPTIONS = { height: 360, unit: 'mg/dL', profile: profileOf(), usualFrom: null } as const;
const trace = (mgdl: Array<number | null>, stepMinutes = 5) => ({ stepMinutes, mgdl });
const layout = (...traces: Array<ReturnType<typeof trace>>) => layoutOverlay(traces, OPTIONS);

describe('stretches laid over each other', () => {
  it('begins each at the left edge and gives a day twenty-four hours', () => {
    const day = layout(trace(Array<number>(96).fill(100), 15), trace(Array<number>(96).fill(200), 15));
    expect(day.minutes).toBe(1440);
    expect(day.ticks).toEqual([0, 360, 720, 1080, 1440]);
    expect(day.lines.map(({ path }) => path)).toEqual(['M0,300l1425 0', 'M0,200l1425 0']);
  });

  it('breaks a line where nothing is known, and draws nothing of what is unknown as a whole', () => {
    const [broken, unknown] = layout(trace([100, 100, null, 100]), trace([null, null])).lines;
    expect(broken?.path).toBe('M0,300l5 0M15,300h0');
    expect(unknown?.path).toBe('');
  });

  it('keeps the names at the ends of lines apart, in the order of the lines', () => {
    const { lines } = layout(trace([100]), trace([101]), trace([102]));
    const [first = 0, second = 0, third = 0] = lines.map(({ labelY }) => labelY);
    expect(first - second).toBeCloseTo(14);
    expect(second - third).toBeCloseTo(14);
    expect(lines.every(({ labelY }) => labelY >= 0 && labelY <= 360)).toBe(true);
  });

  it('finds room for twenty names', () => {
    const { lines } = layout(...Array.from({ length: 20 }, () => trace([350])));
    const places = lines.map(({ labelY }) => labelY).toSorted((a, b) => a - b);
    expect(new Set(places).size).toBe(20);
    expect(places.at(-1)).toBeLessThanOrEqual(360);
  });

  it('shades what the profile calls the target, in either unit', () => {
    const { y, height } = layout(trace([100])).target;
    expect([y, height]).toEqual([expect.closeTo(220), expect.closeTo(110)]);
    const { axis, target } = layoutOverlay([trace([100])], { ...OPTIONS, unit: 'mmol/L' });
    expect(axis.map(({ mgdl }) => (mgdl / 18.01559).toFixed(1))).toEqual(['22.0', '10.0', '3.9', '2.0']);
    expect(target.y).toBe(axis[1]?.y);
  });
});

describe('the usual day behind a stretch', () => {
  const stepped = profileOf((minute) => (minute < 720 ? { p25: 100, p75: 140 } : { p25: 200, p75: 240 }));
  const usual = (usualFrom: number, profile = stepped) =>
    layoutOverlay([trace(Array<number>(96).fill(100), 15)], { ...OPTIONS, profile, usualFrom }).usual;

  it('runs from the time of the clock at which the stretch began, over midnight', () => {
    // From 18:00: high until midnight, low until noon, high again.
    expect(usual(1080)).toMatch(/^M0,160l345 0l15 100l705 0l15-100l360 0/);
    expect(usual(0)).toMatch(/^M0,260l705 0l15-100l705 0l15 100l0 40/);
  });

  it('begins within a slot where the stretch does', () => {
    expect(usual(7)).toMatch(/^M8,/);
  });

  it('is open where too little is known, and absent where it was not asked for', () => {
    const gap = profileOf((minute) => (minute === 300 ? { p25: null, p75: null } : {}));
    expect(usual(0, gap).match(/M/g)).toHaveLength(2);
    expect(layout(trace([100])).usual).toBe('');
  });
});
