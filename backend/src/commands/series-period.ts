import { anchoredPeriod } from '../domain/glycemia/anchored-period.js';
import type { GlucoseSeries } from '../domain/glycemia/series.js';
import type { ReportOptions } from '../domain/glycemia/report.js';
import { alwaysIn, localDayAt } from '../domain/time/zone-history.js';

/** The last `days` local days of a series, or all of them, as a page of the same data would show them. */
export function periodOfSeries(
  series: GlucoseSeries,
  zone: string,
  days: number | null,
): Omit<ReportOptions, 'preset'> {
  const history = alwaysIn(zone);
  const first = series.instants[0] ?? 0;
  const last = series.instants.at(-1) ?? 0;
  const span = localDayAt(history, last) - localDayAt(history, first) + 1;
  const { from, to } = anchoredPeriod(history, days ?? span, last, last);
  return { from, to, now: last + 1, history };
}
