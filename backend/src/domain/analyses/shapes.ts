import type { PersonHistory } from '../causality/person-history.js';
import { isoInstant } from '../glycemia/episode-report.js';
import { selfJoin } from '../patterns/matrix-profile/self-join.js';
import { evenSeriesOf, samplesOf } from '../patterns/time-axis/even-series.js';
import { type FindingOptions, findingsOf, findingZone, NEEDED_DAYS } from '../patterns/time-axis/findings.js';
import type { WindowFacts } from '../patterns/time-axis/window-facts.js';

export interface ShapeOptions extends FindingOptions {
  readonly windowMinutes: number;
}

/** What recurs in a person's glucose and what does not, by the matrix profile of windows of one length. */
export function shapes(
  { glucose }: PersonHistory,
  { windowMinutes, ...options }: ShapeOptions,
  onProgress?: (part: number) => void,
) {
  const series = evenSeriesOf(glucose);
  const m = series ? samplesOf(series, windowMinutes) : 0;
  if (!series || series.mgdl.length < 2 * m) return tooLittle(0);
  const zone = findingZone(m);
  const shape = selfJoin(series.mgdl, m, { zone }, (part) => onProgress?.(part / 2));
  const plain = selfJoin(series.mgdl, m, { zone, comparison: 'plain' }, (part) => onProgress?.((1 + part) / 2));
  const found = findingsOf(series, shape, plain, options);
  if (found.status === 'too-little-data') return tooLittle(found.completeDays);
  return {
    status: 'done' as const,
    completeDays: found.completeDays,
    stepMinutes: series.stepSeconds / 60,
    motifs: found.motifs.map(({ places, levelSpreadMgdl }) => ({ levelSpreadMgdl, places: places.map(dated) })),
    strangeShapes: found.strangeShapes.map((one) => ({ ...dated(one), nearest: dated(one.nearest) })),
    strangeLevels: found.strangeLevels.map((one) => ({ ...dated(one), nearest: dated(one.nearest) })),
  };
}

function tooLittle(completeDays: number) {
  const missing = [`${Math.floor(completeDays)} days of windows without a gap, ${NEEDED_DAYS} are needed`];
  return { status: 'too-little-data' as const, missing };
}

const dated = <F extends WindowFacts>(facts: F) => ({
  ...facts,
  from: isoInstant(facts.from),
  until: isoInstant(facts.until),
});
