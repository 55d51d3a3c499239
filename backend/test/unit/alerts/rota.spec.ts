import { rotaGaps } from '../../../src/domain/alerts/rota.js';

const shift = (from: number, to: number) => ({ from, to });

describe('gaps of a rota from 0 to 100', () => {
  it.each([
    ['without a shift', [], [shift(0, 100)]],
    ['with one that covers it', [shift(-5, 100)], []],
    ['with two that meet', [shift(50, 100), shift(0, 50)], []],
    ['with one inside another', [shift(0, 80), shift(10, 20), shift(80, 100)], []],
    [
      'with holes at both ends and between',
      [shift(10, 20), shift(40, 90)],
      [shift(0, 10), shift(20, 40), shift(90, 100)],
    ],
    ['with one before and one after it', [shift(-9, 0), shift(100, 110)], [shift(0, 100)]],
  ])('%s', (_, shifts, gaps) => expect(rotaGaps(shifts, shift(0, 100))).toEqual(gaps));
});
