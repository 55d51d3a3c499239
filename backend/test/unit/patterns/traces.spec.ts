import { tracesOf } from '../../../src/domain/analyses/traces.js';
import { alwaysIn } from '../../../src/domain/time/zone-history.js';

/** Midnight in Berlin, in winter. */
const MIDNIGHT = Date.parse('2026-01-09T23:00:00Z') / 1_000;
const zones = alwaysIn('Europe/Berlin');
/** A reading each five minutes for three hours from midnight on, but none in the second. */
const minutes = Array.from({ length: 36 }, (_, index) => index * 5).filter((minute) => minute < 60 || minute >= 120);
const glucose = {
  instants: Float64Array.from(minutes, (minute) => MIDNIGHT + minute * 60),
  tenths: Int16Array.from(minutes, (minute) => 1_000 + minute),
  flags: new Uint8Array(minutes.length),
};

it('gives the samples of a stretch, with the clock at its beginning', () => {
  const stretch = { from: MIDNIGHT + 600, until: MIDNIGHT + 1_500 };
  expect(tracesOf({ glucose, zones }, [stretch])).toEqual([
    { ...stretch, startMinuteOfDay: 10, stepMinutes: 5, mgdl: [101, 101.5, 102, 102.5] },
  ]);
});

it('knows nothing where nothing was measured, in a gap as well as beyond the ends', () => {
  const [gap, end] = tracesOf({ glucose, zones }, [
    { from: MIDNIGHT + 3_300, until: MIDNIGHT + 3_900 },
    { from: MIDNIGHT + 10_500, until: MIDNIGHT + 11_100 },
  ]);
  expect(gap?.mgdl).toEqual([105.5, null, null]);
  expect(end?.mgdl).toEqual([117.5, null, null]);
  const none = { instants: new Float64Array(), tenths: new Int16Array(), flags: new Uint8Array() };
  expect(tracesOf({ glucose: none, zones }, [{ from: MIDNIGHT, until: MIDNIGHT }])).toEqual([]);
});
