import { panelAddress, parsePanelAddress } from '@/features/panel/panel-query';
import { parsePeriod, periodQuery } from '@/features/patient/periods';
import { dataPeriod } from '@/features/upload/data-period';
import { readBothWays } from '@/features/upload/date-order-example';

describe('addresses', () => {
  it.each([['30'], ['7']])('reads ?days=%s', (days) => {
    expect(parsePeriod({ days })).toEqual({ days: Number(days) });
  });

  it.each([{}, { days: '13' }, { days: ['7', '14'] }, { from: 'x', to: 'y' }, { from: '2021-01-02T00:00:00Z' }])(
    'falls back to 14 days for %j',
    (query) => {
      expect(parsePeriod(query)).toEqual({ days: 14 });
    },
  );

  it('refuses a period that ends before it begins', () => {
    expect(parsePeriod({ from: '2021-04-18T00:00:00Z', to: '2021-04-04T00:00:00Z' })).toEqual({ days: 14 });
  });

  it('leads from an import to the last two weeks of its data', () => {
    const query = dataPeriod('2021-01-01T08:00:00Z', '2021-04-17T23:58:00Z');
    expect(Object.fromEntries(query)).toEqual({
      from: '2021-04-03T23:58:01.000Z',
      to: '2021-04-17T23:58:01.000Z',
    });
    const period = parsePeriod(Object.fromEntries(query));
    expect(Object.fromEntries(periodQuery(period))).toEqual(Object.fromEntries(query));
  });

  it('starts at the first reading of a short import', () => {
    expect(dataPeriod('2021-04-16T08:00:00Z', '2021-04-17T08:00:00Z').get('from')).toBe('2021-04-16T08:00:00.000Z');
  });

  it('drops filters that do not exist and leaves out what is not chosen', () => {
    const address = parsePanelAddress({ flag: 'nonsense', query: '  Ana ', cursor: undefined });
    expect(address).toEqual({ flag: null, query: 'Ana', cursor: null, sort: null });
    expect(panelAddress(address)).toBe('/patients?query=Ana');
    expect(panelAddress({})).toBe('/patients');
  });
});

describe('an ambiguous date', () => {
  it('is read out in both orders', () => {
    expect(readBothWays('03-04-2021 08:15', 'en-GB')).toEqual({ dayFirst: '3 April 2021', monthFirst: '4 March 2021' });
  });

  it.each(['2021-04-03', 'yesterday', '31-12-2021'])('has no second reading: %s', (sample) => {
    expect(readBothWays(sample, 'en-GB')).toBeNull();
  });
});
