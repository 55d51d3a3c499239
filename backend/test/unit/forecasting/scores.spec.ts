import { parkesZone } from '../../../src/domain/forecasting/parkes-grid.js';
import { coverageOf, mae, medianOf, parkesShares, rmse, widthOf } from '../../../src/domain/forecasting/scores.js';

describe('scores', () => {
  const values = [
    { median: 100, actual: 103 },
    { median: 100, actual: 96 },
  ];

  it('by hand', () => {
    expect(rmse(values)).toBeCloseTo(Math.sqrt(12.5), 12);
    expect(mae(values)).toBe(3.5);
    const intervals = [
      { lower: 90, upper: 110, actual: 110 },
      { lower: 90, upper: 120, actual: 121 },
    ];
    expect(coverageOf(intervals)).toBe(0.5);
    expect(widthOf(intervals)).toBe(25);
    expect(medianOf([9, 1, 5])).toBe(5);
    expect(medianOf([9, 1, 5, 3])).toBe(4);
  });

  it('of nothing are nothing', () => {
    expect([rmse([]), mae([]), coverageOf([]), widthOf([]), medianOf([]), parkesShares([])]).toEqual(
      Array(6).fill(null),
    );
  });

  it('by zone', () => {
    expect(parkesShares([...values, { median: 280, actual: 40 }, { median: 100, actual: 150 }])).toEqual({
      A: 0.5,
      B: 0.25,
      C: 0,
      D: 0.25,
      E: 0,
    });
  });
});

describe('the Parkes error grid for type 1 diabetes', () => {
  it.each([
    // Corners of the borders belong to the safer side; a little beyond is the next zone.
    [30, 50, 'A'],
    [30, 50.1, 'B'],
    [140, 170, 'A'],
    [140, 170.1, 'B'],
    [280, 380, 'A'],
    [279.9, 380, 'B'],
    [430, 550, 'A'],
    [50, 30, 'A'],
    [50.1, 30, 'B'],
    [170, 145, 'A'],
    [170, 144.9, 'B'],
    [385, 300, 'A'],
    [550, 450, 'A'],
    [550, 449.9, 'B'],
    [30, 60, 'B'],
    [30, 60.1, 'C'],
    [70, 110, 'B'],
    [69.9, 110, 'C'],
    [260, 550, 'B'],
    [120, 30, 'B'],
    [120.1, 30, 'C'],
    [260, 130, 'B'],
    [260, 129.9, 'C'],
    [550, 250, 'B'],
    [25, 100, 'C'],
    [25, 100.1, 'D'],
    [80, 215, 'C'],
    [79.9, 215, 'D'],
    [125, 550, 'C'],
    [250, 40, 'C'],
    [250.1, 40, 'D'],
    [550, 150, 'C'],
    [550, 149.9, 'D'],
    [35, 155, 'D'],
    [35, 155.1, 'E'],
    [50, 550, 'D'],
    [49.9, 550, 'E'],
    [0, 151, 'E'],
    // Far from any border, and beyond the last corners.
    [100, 100, 'A'],
    [600, 600, 'A'],
    [400, 94, 'D'],
    [400, 96, 'C'],
    [600, 160, 'D'],
    [50, 0, 'A'],
    [120, 0, 'B'],
    [250, 0, 'C'],
  ] as const)('%d mg/dL taken for %d is zone %s', (reference, estimate, zone) => {
    expect(parkesZone(reference, estimate)).toBe(zone);
  });
});
