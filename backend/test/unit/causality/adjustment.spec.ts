import { withoutGroupMeans, withoutTrend } from '../../../src/domain/causality/adjustment.js';
import { fromRows, unusableVariables } from '../../../src/domain/causality/observations.js';

it('takes the mean of each group out and leaves what is missing', () => {
  const data = fromRows([[1], [10], [3], [null], [null], [14]], ['a']);
  const [column] = withoutGroupMeans(data, [0, 1, 0, 1, 0, 1]).columns;
  expect([...(column ?? [])]).toEqual([-1, -2, 1, NaN, NaN, 2]);
});

it('takes a straight line out', () => {
  const data = fromRows([[5], [7], [null], [11], [13]], ['a']);
  const [column] = withoutTrend(data).columns;
  expect([...(column ?? [])]).toEqual([0, 0, NaN, 0, 0]);
});

it('leaves nothing of what the clock or a line explains in full, so that it counts as unchanging', () => {
  const rows = Array.from({ length: 70 }, (_, day) => [0.1, day % 7 >= 5 ? 0.3 : 0.7, 1e6 + 0.1 * day]);
  const groups = rows.map((_, day) => Number(day % 7 >= 5));
  const adjusted = withoutGroupMeans(withoutTrend(fromRows(rows, ['same', 'weekend', 'drift'])), groups);
  expect(unusableVariables(adjusted)).toMatchObject({ same: 'never changes', drift: 'never changes' });
  const byClock = withoutGroupMeans(fromRows(rows, ['same', 'weekend', 'drift']), groups);
  expect(unusableVariables(byClock)).toEqual({ same: 'never changes', weekend: 'never changes' });
});
