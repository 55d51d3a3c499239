import type { GlucoseSeries } from '../glycemia/series.js';
import { mgdlOf } from '../glycemia/units.js';

/** How fast glucose moves, and how sure that is. */
export interface Rate {
  /** Slope of the least-squares line. */
  readonly mgdlPerMinute: number;
  /** Standard error of the slope; what the scatter of the samples around the line leaves open. */
  readonly errorMgdlPerMinute: number;
}

const WINDOW_SECONDS = 20 * 60;
const LEAST_SPAN_SECONDS = 10 * 60;
/** A sensor scatters by about this much even where its last samples happen to lie on a line. */
const LEAST_SCATTER_MGDL = 1.5;

/** The rate over the last 20 minutes up to a sample; `null` below three samples or ten minutes. */
export function rateOf(series: GlucoseSeries, index: number): Rate | null {
  const { instants, tenths, flags } = series;
  const last = instants[index] ?? 0;
  let first = index;
  while (first > 0 && last - (instants[first - 1] ?? 0) <= WINDOW_SECONDS) first--;
  const count = index - first + 1;
  if (count < 3 || last - (instants[first] ?? 0) < LEAST_SPAN_SECONDS) return null;
  let sumX = 0;
  let sumY = 0;
  for (let i = first; i <= index; i++) {
    sumX += ((instants[i] ?? 0) - last) / 60;
    sumY += mgdlOf(tenths[i] ?? 0, flags[i] ?? 0);
  }
  const meanX = sumX / count;
  const meanY = sumY / count;
  let spreadX = 0;
  let product = 0;
  let spreadY = 0;
  for (let i = first; i <= index; i++) {
    const x = ((instants[i] ?? 0) - last) / 60 - meanX;
    const y = mgdlOf(tenths[i] ?? 0, flags[i] ?? 0) - meanY;
    spreadX += x * x;
    product += x * y;
    spreadY += y * y;
  }
  const mgdlPerMinute = product / spreadX;
  const residual = Math.max(0, spreadY - mgdlPerMinute * product) / (count - 2);
  return { mgdlPerMinute, errorMgdlPerMinute: Math.max(LEAST_SCATTER_MGDL, Math.sqrt(residual)) / Math.sqrt(spreadX) };
}
