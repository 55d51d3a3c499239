import { layoutProfile } from '@/charts/profile/layout';
import { profileOf } from './data';

const layout = (profile = profileOf(), unit: 'mg/dL' | 'mmol/L' = 'mg/dL') =>
  layoutProfile(profile, { height: 360, unit });

describe('the ambulatory profile', () => {
  it('puts one mg/dL on one pixel of a 360 px plot from 40 to 400', () => {
    const { target, thresholds } = layout();
    expect(target).toEqual({ y: expect.closeTo(220), height: expect.closeTo(110) });
    expect(thresholds.map(({ mgdl, y }) => [mgdl, y])).toEqual([
      [54, expect.closeTo(346)],
      [70, expect.closeTo(330)],
      [180, expect.closeTo(220)],
      [250, expect.closeTo(150)],
    ]);
  });

  it('runs from midnight to midnight', () => {
    const { median } = layout();
    expect(median.startsWith('M0,280')).toBe(true);
    expect(median.endsWith('1440,280')).toBe(true);
  });

  it('has a fixed axis of 2 to 22 in mmol/L', () => {
    const { axisLabels, thresholds } = layout(profileOf(), 'mmol/L');
    expect(axisLabels.map(({ mgdl }) => Math.round((mgdl / 18.01559) * 10) / 10)).toEqual([22, 13.9, 10, 3.9, 3, 2]);
    expect(thresholds[2]?.y).toBeCloseTo(360 * (1 - (180 / 18.01559 - 2) / 20));
  });

  it('emphasises the two limits of the target and no other line', () => {
    const { thresholds } = layout();
    expect(thresholds.filter(({ bold }) => bold).map(({ mgdl }) => mgdl)).toEqual([70, 180]);
  });

  it('clamps what lies beyond the axis to its edge', () => {
    const { outer } = layout(profileOf(() => ({ p95: 480, p5: 20 })));
    const heights = [...outer.matchAll(/[\d.]+,(-?[\d.]+)/g)].map((match) => Number(match[1]));
    expect(Math.min(...heights)).toBe(0);
    expect(Math.max(...heights)).toBe(360);
  });

  it('breaks the curve where hours have no readings', () => {
    const nobody = { p5: null, p25: null, p50: null, p75: null, p95: null, n: 0, days: 0 };
    const { median, inner } = layout(profileOf((minute) => (minute >= 600 && minute < 720 ? nobody : {})));
    expect(median.match(/M/g)).toHaveLength(2);
    expect(inner.match(/M/g)).toHaveLength(2);
  });

  it('hatches exactly the hours with fewer than five days', () => {
    const { sparse } = layout(profileOf((minute) => (minute >= 120 && minute < 240 ? { days: 4 } : { days: 5 })));
    expect(sparse).toEqual([{ fromMinute: 120, toMinute: 240 }]);
  });

  it('names five percentiles at the right edge without overlap', () => {
    const { percentiles } = layout(profileOf(() => ({ p5: 118, p25: 119, p50: 120, p75: 121, p95: 122 })));
    expect(percentiles.map(({ percentile }) => percentile)).toEqual([95, 75, 50, 25, 5]);
    percentiles.slice(1).forEach(({ y }, index) => {
      expect(y - (percentiles[index]?.y ?? 0)).toBeGreaterThanOrEqual(15 - 1e-9);
    });
  });

  it('keeps axis labels apart although 54 and 70 lie close', () => {
    const { axisLabels } = layoutProfile(profileOf(), { height: 240, unit: 'mg/dL' });
    axisLabels.slice(1).forEach(({ y }, index) => {
      expect(y - (axisLabels[index]?.y ?? 0)).toBeGreaterThanOrEqual(14 - 1e-9);
    });
  });
});
