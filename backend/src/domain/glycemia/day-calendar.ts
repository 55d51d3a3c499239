import { localDayAt, type ZoneHistory } from '../time/zone-history.js';
import { SECONDS_PER_DAY } from '../time/zone.js';
import { offsetSpans } from './offset-spans.js';

/** A stretch of time: `[from, until)`, seconds since the epoch. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** A local calendar day as it was lived. */
export interface LivedDay {
  /** Days from 1970-01-01 to the local date. */
  readonly day: number;
  /** One stretch, ascending; more where clocks went back over midnight or the person crossed the date line. */
  readonly spans: readonly Span[];
  readonly lengthSeconds: number;
}

/** The days of one person, by the zones they lived in. Remembers what it was asked, since readings come in order. */
export class DayCalendar {
  private readonly days = new Map<number, LivedDay>();
  private current: LivedDay | null = null;

  constructor(private readonly history: ZoneHistory) {}

  /** The day that an instant (seconds since the epoch) belongs to. */
  dayOf(instant: number): LivedDay {
    const { current } = this;
    if (current?.spans.some((span) => instant >= span.from && instant < span.until)) return current;
    return (this.current = this.lived(localDayAt(this.history, instant)));
  }

  /** The stretches of a day. A day skipped at the date line has none. */
  lived(day: number): LivedDay {
    let lived = this.days.get(day);
    if (!lived) this.days.set(day, (lived = livedDay(this.history, day)));
    return lived;
  }
}

function livedDay(history: ZoneHistory, day: number): LivedDay {
  const midnight = day * SECONDS_PER_DAY;
  const spans: Span[] = [];
  // No zone is a whole day away from UTC, so one day on either side holds every instant of this one.
  for (const stretch of offsetSpans(history, midnight - SECONDS_PER_DAY, midnight + 2 * SECONDS_PER_DAY)) {
    const from = Math.max(stretch.from, midnight - stretch.offset);
    const until = Math.min(stretch.until, midnight + SECONDS_PER_DAY - stretch.offset);
    if (from >= until) continue;
    const before = spans.at(-1);
    if (before?.until === from) spans[spans.length - 1] = { from: before.from, until };
    else spans.push({ from, until });
  }
  return { day, spans, lengthSeconds: spans.reduce((sum, span) => sum + span.until - span.from, 0) };
}
