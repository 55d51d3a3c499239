import { type Point, tracePath } from '@/charts/trace-path';

describe('a run of points as a path of few letters', () => {
  const CASES: ReadonlyArray<readonly [string, Point[], string]> = [
    [
      'steps from point to point',
      [
        [10, 20],
        [15, 22.5],
        [20, 21],
      ],
      'M10,20l5 2.5l5-1.5',
    ],
    [
      'rounds y to half pixels and gathers no error',
      [
        [0, 10.2],
        [5, 10.9],
        [10, 21.4],
        [15, 20.8],
      ],
      'M0,10l5 1l5 10.5l5-.5',
    ],
    [
      'leaves out what lies on a straight line',
      [
        [0, 10],
        [5, 10],
        [10, 10],
        [15, 10],
        [20, 12],
      ],
      'M0,10l15 0l5 2',
    ],
    [
      'keeps a point where the pen turns back',
      [
        [0, 10],
        [20, 10],
        [10, 10],
      ],
      'M0,10l20 0l-10 0',
    ],
    ['makes a lone reading a dot', [[300, 60]], 'M300,60h0'],
    ['has nothing to draw for nothing', [], ''],
  ];
  it.each(CASES)('%s', (_, points, path) => expect(tracePath(points)).toBe(path));

  it('closes a shape', () => {
    expect(
      tracePath(
        [
          [0, 10],
          [5, 20],
          [10, 10],
        ],
        true,
      ),
    ).toBe('M0,10l5 10l5-10Z');
  });
});
