import { compactPath } from '@/charts/compact-path';

describe('a path with fewer letters', () => {
  it.each([
    ['steps from point to point', 'M10,20L15,22.5L20,21', 'm10 20l5 2.5l5-1.5'],
    ['rounds y to half pixels and gathers no error', 'M0,10.2L5,10.4L10,10.9L15,21.4L20,20.8', 'm0 10l10 1l5 10.5l5-.5'],
    ['leaves out what lies on a straight line', 'M0,10L5,10L10,10L15,10L20,12', 'm0 10l15 0l5 2'],
    ['keeps a point where the pen turns back', 'M0,10L20,10L10,10', 'm0 10l20 0l-10 0'],
    ['steps on to the next run', 'M0,10L5,12M30,20L35,18', 'm0 10l5 2m25 8l5-2'],
    [
      'goes on from where a closed shape began',
      'M0,10L5,20L10,10ZM30,10L35,20L40,10Z',
      'm0 10l5 10l5-10zm30 0l5 10l5-10z',
    ],
    ['keeps the dot of a lone reading', 'M300,60.0h0M400,50.0h0', 'm300 60h0m100-10h0'],
    ['has nothing to draw for nothing', '', ''],
  ])('%s', (_, path, compact) => expect(compactPath(path)).toBe(compact));
});
