import { addStatistics } from '../../../src/domain/glycemia/additive-statistics.js';
import { KeptTotals } from '../../../src/modules/readings/kept-totals.js';

const totals = { ...addStatistics([]), days: 3, mgdlCount: 12 };
const window = { patientId: 'one', firstDay: 1, lastDay: 14, version: '700' };

describe('totals that are kept', () => {
  it.each([
    { other: {}, told: totals },
    { other: { version: '701' }, told: undefined },
    { other: { version: null }, told: undefined },
    { other: { lastDay: 15 }, told: undefined },
    { other: { firstDay: 2 }, told: undefined },
    { other: { patientId: 'two' }, told: undefined },
  ])('are those of the same days and version: $other', ({ other, told }) => {
    const kept = new KeptTotals();
    kept.keep(window, totals);
    expect(kept.of({ ...window, ...other })).toEqual(told);
  });

  it('know that there was nothing', () => {
    const kept = new KeptTotals();
    kept.keep(window, null);
    expect(kept.of(window)).toBeNull();
  });

  it('never stand for a version that is not known', () => {
    const kept = new KeptTotals();
    kept.keep({ ...window, version: null }, totals);
    expect(kept.of({ ...window, version: null })).toBeUndefined();
  });

  it('are read again after ten minutes, as days may have been mended by hand', () => {
    let now = 0;
    const kept = new KeptTotals(() => now);
    kept.keep(window, totals);
    now = 599_000;
    expect(kept.of(window)).toEqual(totals);
    now = 601_000;
    expect(kept.of(window)).toBeUndefined();
  });

  it('are bounded: the oldest are forgotten', () => {
    const kept = new KeptTotals();
    for (let i = 0; i <= 20_000; i++) kept.keep({ ...window, patientId: String(i) }, totals);
    expect(kept.of({ ...window, patientId: '0' })).toBeUndefined();
    expect(kept.of({ ...window, patientId: '1' })).toEqual(totals);
  });
});
