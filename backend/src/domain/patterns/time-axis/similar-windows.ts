import { distanceProfile } from '../matrix-profile/distance-profile.js';
import { matchesOf } from '../matrix-profile/matches.js';
import { ParameterError, wholeNumber } from '../matrix-profile/parameters.js';
import { CONSTANT, windowsOf } from '../matrix-profile/windows.js';
import type { EvenSeries } from './even-series.js';
import { findingZone } from './findings.js';
import { likenessOf, type WindowFacts, windowFacts } from './window-facts.js';

/** A window beside one that was asked for. */
export interface SimilarWindow extends WindowFacts {
  /** Correlation of the shapes, whatever their level and amplitude; `null` where either is flat. */
  readonly likeness: number | null;
  /** Root mean square of the differences sample by sample: how alike they are as they are. */
  readonly differenceMgdl: number;
  /** Its level less that of the window asked for. */
  readonly levelDifferenceMgdl: number;
}

/**
 * "Days like this one": the windows most like that of `m` samples from `index` on. By shape, or, with `plain`, level and
 * amplitude included. Either way the other is told too. The window itself and those that share a sample
 * with it are left out; so is whatever has a gap, and, by shape, what is constant.
 * @throws ParameterError that names `m`, `index` or `count`.
 */
export function similarWindows(
  series: EvenSeries,
  index: number,
  m: number,
  count: number,
  comparison: 'shape' | 'plain' = 'shape',
): SimilarWindow[] {
  wholeNumber('count', count, 1);
  wholeNumber('m', m, 3, series.mgdl.length);
  wholeNumber('index', index, 0, series.mgdl.length - m);
  const query = series.mgdl.subarray(index, index + m);
  if (!query.every(Number.isFinite)) throw new ParameterError('index', 'is of a window with a gap');
  const shapes = distanceProfile(query, series.mgdl, 'shape');
  const plain = distanceProfile(query, series.mgdl, 'plain');
  const own = windowFacts(series, index, m);
  const { kinds } = windowsOf(series.mgdl, m);
  const compared =
    comparison === 'plain' ? plain : shapes.map((far, window) => (kinds[window] === CONSTANT ? Infinity : far));
  return matchesOf(compared, { zone: findingZone(m), maxDistance: Infinity, own: index })
    .slice(1, count + 1)
    .map((match) => {
      const facts = windowFacts(series, match.index, m);
      return {
        ...facts,
        likeness: likenessOf(shapes[match.index]!, m, own, facts),
        differenceMgdl: plain[match.index]! / Math.sqrt(m),
        levelDifferenceMgdl: facts.levelMgdl - own.levelMgdl,
      };
    });
}
