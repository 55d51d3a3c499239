import type { GlucoseSeries } from '../glycemia/series.js';
import { SECONDS_PER_DAY } from '../time/zone.js';
import { wallClockAt, type ZoneHistory } from '../time/zone-history.js';
import { type Sounding, soundingsOf } from './arbitration.js';
import type { AlertEpisode } from './episode.js';
import { evaluate, type EvaluationInput } from './evaluate.js';
import { LOOKBACK_SECONDS } from './window.js';

/** The past as some settings would have had it. */
export interface Replay {
  readonly episodes: readonly AlertEpisode[];
  readonly soundings: readonly Sounding[];
}

/** Some milliseconds of work, also where a sensor reads every minute. */
const STEP_SECONDS = 6 * 3600;

/**
 * The alerts of a long series, found a quarter of a day at a time: a caller may do something else between two steps. The answer is
 * that of one evaluation of everything.
 */
export function* replay(input: Omit<EvaluationInput, 'quietAt'>): Generator<void, Replay> {
  const { series, now } = input;
  const episodes: AlertEpisode[] = [];
  let quietAt: number | null = null;
  for (let end = (series.instants[0] ?? now) + STEP_SECONDS; end < now; end += STEP_SECONDS) {
    const known: number | null = quietAt;
    const found = evaluate({
      ...input,
      series: between(series, (known ?? -Infinity) - LOOKBACK_SECONDS, end),
      quietAt: known,
      now: end,
    });
    quietAt = found.quietAt;
    // What opened before a moment at which every rule was at rest stays as it is.
    episodes.push(...found.episodes.filter(({ openedAt }) => quietAt !== null && openedAt <= quietAt));
    yield;
  }
  const rest = evaluate({ ...input, series: between(series, (quietAt ?? -Infinity) - LOOKBACK_SECONDS, now), quietAt });
  const all = [...episodes, ...rest.episodes].sort((a, b) => a.openedAt - b.openedAt);
  return { episodes: all, soundings: soundingsOf(all) };
}

function between({ instants, tenths, flags }: GlucoseSeries, from: number, until: number): GlucoseSeries {
  const first = instants.findIndex((instant) => instant >= from);
  const after = instants.findLastIndex((instant) => instant <= until) + 1;
  const start = first < 0 ? instants.length : first;
  return {
    instants: instants.subarray(start, after),
    tenths: tenths.subarray(start, after),
    flags: flags.subarray(start, after),
  };
}

const BED_HOUR = 23;
const BED_HOURS = 8;

/** In how many nights, 23:00 to 07:00 of the person's clock, something sounded. */
export function nightsDisturbed(soundings: readonly Sounding[], zones: ZoneHistory): number {
  const nights = soundings.flatMap(({ at }) => {
    const sinceBed = wallClockAt(zones, at) - BED_HOUR * 3600;
    const night = Math.floor(sinceBed / SECONDS_PER_DAY);
    return sinceBed - night * SECONDS_PER_DAY < BED_HOURS * 3600 ? [night] : [];
  });
  return new Set(nights).size;
}
