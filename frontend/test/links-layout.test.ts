import { byStrength, layoutLinks, type Link } from '@/charts/links/layout';

const link = (source: string, target: string, change: Partial<Link> = {}): Link => ({
  source,
  target,
  lag: 1,
  kind: source === target ? 'memory' : 'link',
  partialCorrelation: 0.3,
  adjustedP: 0.01,
  ...change,
});
const THICKEST_PX = 7;
const NAMES = ['glucose', 'carbs', 'exercise'];

it('puts links first that are stronger, whatever their sign', () => {
  const links = [0.2, -0.5, 0.3].map((partialCorrelation) => link('carbs', 'glucose', { partialCorrelation }));
  expect(byStrength(links).map(({ partialCorrelation }) => partialCorrelation)).toEqual([-0.5, 0.3, 0.2]);
});

it('draws from what was earlier on the left to what came later on the right', () => {
  const { rows, lines } = layoutLinks(NAMES, [link('exercise', 'glucose')]);
  const yOf = (name: string) => rows.find((row) => row.name === name)?.y;
  expect(lines).toEqual([expect.objectContaining({ y1: yOf('exercise'), y2: yOf('glucose') })]);
});

it('draws the stronger the thicker', () => {
  const { lines } = layoutLinks(NAMES, [
    link('carbs', 'glucose', { partialCorrelation: 0.2 }),
    link('exercise', 'glucose', { partialCorrelation: -0.9 }),
  ]);
  expect(lines[0]?.width).toBeGreaterThan(lines[1]?.width ?? Infinity);
});

it('calls memory no link', () => {
  const { lines, memory, rows } = layoutLinks(NAMES, [
    link('glucose', 'glucose'),
    link('glucose', 'glucose', { lag: 2 }),
  ]);
  expect(lines).toEqual([]);
  expect(memory).toEqual([rows[0]?.y]);
});

it('sets links of one pair apart that differ in lag', () => {
  const { lines } = layoutLinks(NAMES, [link('carbs', 'glucose'), link('carbs', 'glucose', { lag: 2 })]);
  expect(Math.abs((lines[0]?.y1 ?? 0) - (lines[1]?.y1 ?? 0))).toBeGreaterThan(THICKEST_PX);
  expect(lines[0]?.labelAt).toBe(0.5);
});
it('covers no lag with another, with every link between five variables but memory', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const links = names.flatMap((source) => names.filter((target) => target !== source).map((to) => link(source, to)));
  const few = links.filter((_, index) => index % 3 === 0);
  const { lines } = layoutLinks(names, few);
  const covered = lines.flatMap((one, index) =>
    lines
      .slice(index + 1)
      .filter((two) => Math.abs(one.labelAt - two.labelAt) * 120 < 30 && Math.abs(one.labelY - two.labelY) < 18),
  );
  expect(covered).toEqual([]);
});
