import { bandOf, isTight } from '../../../src/domain/glycemia/ranges.js';
import { TARGETS } from '../../../src/domain/glycemia/targets.js';
import { FLAG_CENSORED_HIGH, FLAG_CENSORED_LOW, FLAG_MMOL } from '../../../src/domain/glycemia/units.js';

describe('bandOf', () => {
  it.each([
    { mgdl: 53.9, adult: 'veryLow', older: 'low', pregnancy: 'veryLow' },
    { mgdl: 54, adult: 'low', older: 'low', pregnancy: 'low' },
    { mgdl: 62.9, adult: 'low', older: 'low', pregnancy: 'low' },
    { mgdl: 63, adult: 'low', older: 'low', pregnancy: 'inRange' },
    { mgdl: 69.5, adult: 'low', older: 'low', pregnancy: 'inRange' },
    { mgdl: 70, adult: 'inRange', older: 'inRange', pregnancy: 'inRange' },
    { mgdl: 140, adult: 'inRange', older: 'inRange', pregnancy: 'inRange' },
    { mgdl: 140.1, adult: 'inRange', older: 'inRange', pregnancy: 'high' },
    { mgdl: 180, adult: 'inRange', older: 'inRange', pregnancy: 'high' },
    { mgdl: 180.5, adult: 'high', older: 'high', pregnancy: 'high' },
    { mgdl: 250, adult: 'high', older: 'high', pregnancy: 'high' },
    { mgdl: 250.1, adult: 'veryHigh', older: 'veryHigh', pregnancy: 'high' },
  ])('puts $mgdl mg/dL into $adult, older $older, pregnancy $pregnancy', ({ mgdl, adult, older, pregnancy }) => {
    const tenths = Math.round(mgdl * 10);
    expect(bandOf(tenths, 0, TARGETS.adult)).toBe(adult);
    expect(bandOf(tenths, 0, TARGETS.older)).toBe(older);
    expect(bandOf(tenths, 0, TARGETS['pregnancy-t1'])).toBe(pregnancy);
    expect(bandOf(tenths, 0, TARGETS.gestational)).toBe(pregnancy);
  });

  it.each([
    { mmol: 2.9, band: 'veryLow' },
    { mmol: 3.0, band: 'low' },
    { mmol: 3.8, band: 'low' },
    { mmol: 3.9, band: 'inRange' },
    { mmol: 10.0, band: 'inRange' },
    { mmol: 10.1, band: 'high' },
    { mmol: 13.9, band: 'high' },
    { mmol: 14.0, band: 'veryHigh' },
  ])('judges $mmol mmol/L where the device reported it: $band', ({ mmol, band }) => {
    expect(bandOf(Math.round(mmol * 10), FLAG_MMOL, TARGETS.adult)).toBe(band);
  });

  it('keeps a reading beyond the range of its sensor', () => {
    expect(bandOf(400, FLAG_CENSORED_LOW, TARGETS.adult)).toBe('veryLow');
    expect(bandOf(4000, FLAG_CENSORED_HIGH, TARGETS.adult)).toBe('veryHigh');
    expect(bandOf(22, FLAG_CENSORED_LOW | FLAG_MMOL, TARGETS.adult)).toBe('veryLow');
  });
});

it.each([
  { tenths: 699, flags: 0, tight: false },
  { tenths: 700, flags: 0, tight: true },
  { tenths: 1400, flags: 0, tight: true },
  { tenths: 1401, flags: 0, tight: false },
  { tenths: 38, flags: FLAG_MMOL, tight: false },
  { tenths: 39, flags: FLAG_MMOL, tight: true },
  { tenths: 78, flags: FLAG_MMOL, tight: true },
  { tenths: 79, flags: FLAG_MMOL, tight: false },
])('calls $tenths tenths (flags $flags) tight: $tight', ({ tenths, flags, tight }) => {
  expect(isTight(tenths, flags)).toBe(tight);
});
