import { layoutBrackets, layoutLabels, layoutSegments } from '@/charts/ranges/layout';
import { segmentsOf } from './data';

const BAR = { length: 240, gap: 2, minimum: 3 };
const LABEL_HEIGHT = 37;

describe('the stacked bar', () => {
  it.each([
    { name: 'an everyday fortnight', percents: [3, 13, 81, 2, 1] },
    { name: 'traces of the extremes', percents: [0.05, 9.9, 89.9, 0.1, 0.05] },
    { name: 'a bar of one band', percents: [0, 0, 100, 0, 0] },
    { name: 'nothing in range', percents: [60, 40, 0, 0, 0] },
  ])('fills its length with bands and gaps: $name', ({ percents }) => {
    const placed = layoutSegments(segmentsOf(percents), BAR);
    const filled = placed.reduce((sum, segment) => sum + segment.length, 0) + BAR.gap * (placed.length - 1);
    expect(filled).toBeCloseTo(BAR.length);
    expect(placed.map(({ band }) => band)).toEqual(
      segmentsOf(percents).flatMap(({ band, percent }) => (percent ? [band] : [])),
    );
  });

  it('stacks without overlap and with the gap between neighbours', () => {
    const placed = layoutSegments(segmentsOf([3, 13, 81, 2, 1]), BAR);
    placed.slice(1).forEach((segment, index) => {
      const above = placed[index];
      expect(segment.start - (above ? above.start + above.length : 0)).toBeCloseTo(BAR.gap);
    });
  });

  it('draws bands in proportion when none is thin', () => {
    const placed = layoutSegments(segmentsOf([10, 20, 40, 20, 10]), BAR);
    expect(placed.map(({ length }) => length / 232)).toEqual([0.1, 0.2, 0.4, 0.2, 0.1].map((n) => expect.closeTo(n)));
  });

  it('keeps a trace of very low visible', () => {
    const placed = layoutSegments(segmentsOf([0, 0, 99.99, 0, 0.01]), BAR);
    expect(placed.at(-1)).toMatchObject({ band: 'veryLow', length: 3 });
  });

  it('draws nothing without data', () => {
    const empty = segmentsOf([0, 0, 0, 0, 0]).map((segment) => ({ ...segment, percent: null }));
    expect(layoutSegments(empty, BAR)).toEqual([]);
  });
});

describe('labels beside the bar', () => {
  it.each([[[0, 0, 100, 0, 0]], [[0.1, 0.2, 99, 0.4, 0.3]], [[90, 4, 2, 2, 2]], [[1, 1, 2, 6, 90]]])(
    'never touch one another or leave the bar: %j',
    (percents) => {
      const segments = segmentsOf(percents);
      const labels = layoutLabels(segments, layoutSegments(segments, BAR), {
        length: BAR.length,
        labelHeight: LABEL_HEIGHT,
      });
      expect(labels).toHaveLength(5);
      labels.forEach(({ centre }, index) => {
        const next = labels[index + 1];
        if (next) expect(next.centre - centre).toBeGreaterThanOrEqual(LABEL_HEIGHT - 1e-9);
        expect(centre - LABEL_HEIGHT / 2).toBeGreaterThanOrEqual(-1e-9);
        expect(centre + LABEL_HEIGHT / 2).toBeLessThanOrEqual(BAR.length + 1e-9);
      });
    },
  );

  it('joins the two bands above and the two below', () => {
    const segments = segmentsOf([3, 13, 81, 2, 1]);
    const labels = layoutLabels(segments, layoutSegments(segments, BAR), { length: 240, labelHeight: LABEL_HEIGHT });
    const brackets = layoutBrackets(
      [
        { code: 'below', percent: 3, display: '3' },
        { code: 'above', percent: 16, display: '16' },
      ],
      labels,
    );
    expect(brackets.map(({ bracket, from, to }) => [bracket.code, from, to])).toEqual([
      ['below', labels[3]?.centre, labels[4]?.centre],
      ['above', labels[0]?.centre, labels[1]?.centre],
    ]);
  });

  it('has no bracket where the preset has merged two bands', () => {
    const merged = segmentsOf([0, 20, 75, 5]).filter(({ band }) => band !== 'veryHigh');
    const labels = layoutLabels(merged, layoutSegments(merged, BAR), { length: 240, labelHeight: LABEL_HEIGHT });
    expect(layoutBrackets([{ code: 'above', percent: 20, display: '20' }], labels)).toEqual([]);
  });
});
