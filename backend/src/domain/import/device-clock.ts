import { instantsOfWallClock, offsetSeconds, SECONDS_PER_DAY } from '../time/zone.js';
import { zoneAt, type ZoneHistory } from '../time/zone-history.js';

/** Every instant at which a person's clock showed `wall`, ascending: usually one, two where clocks went back, none where they went forward. */
export function instantsOfWallClockIn(zones: ZoneHistory, wall: number): number[] {
  if (zones.length === 1) return instantsOfWallClock(zones[0].zone, wall);
  const instants = zones.flatMap((change, index) => {
    const from = index === 0 ? Number.NEGATIVE_INFINITY : change.from;
    const until = zones[index + 1]?.from ?? Number.POSITIVE_INFINITY;
    return instantsOfWallClock(change.zone, wall).filter((instant) => instant >= from && instant < until);
  });
  return [...new Set(instants)].sort((a, b) => a - b);
}

/** A counter that runs on whatever the display clock does: Clarity's "Transmitter Time", in seconds. */
export interface DeviceTick {
  readonly transmitter: string;
  readonly seconds: number;
}

/** A tick may be trusted when the instant it predicts lies this close to one that the wall clock allows. */
const TICK_TOLERANCE_SECONDS = 600;

/** Nobody has as many devices: beyond this a file makes them up, and memory has to end somewhere. */
const MOST_SERIES = 1_000;

/**
 * Turns the wall clocks of a file into instants, row by row.
 *
 * An hour that exists twice is settled by the transmitter's own counter where the file has one, else by row order: the
 * first pass until the clock steps back, then the second (mirrored in files that run newest first). An hour that does not
 * exist means a device that had not been told of the change: the clock is read with the offset in force before it, which
 * keeps the readings in order and loses none.
 */
export class DeviceClock {
  private readonly lastInstant = new Map<string, number>();
  private readonly lastTick = new Map<string, { instant: number; seconds: number }>();

  constructor(
    private readonly zones: ZoneHistory,
    private readonly descending: boolean,
  ) {}

  /** The instant of a wall clock; `series` groups the rows that a device wrote one after the other. */
  instantOf(wall: number, series: string, tick: DeviceTick | null): number {
    const candidates = instantsOfWallClockIn(this.zones, wall);
    const [first, second] = candidates;
    const instant =
      first === undefined
        ? this.acrossTheGap(wall)
        : second === undefined
          ? first
          : (this.byTick(candidates, tick) ?? this.byRowOrder(first, second, series));
    if (this.lastInstant.size >= MOST_SERIES) this.lastInstant.clear();
    this.lastInstant.set(series, instant);
    if (this.lastTick.size >= MOST_SERIES) this.lastTick.clear();
    if (tick) this.lastTick.set(tick.transmitter, { instant, seconds: tick.seconds });
    return instant;
  }

  private acrossTheGap(wall: number): number {
    const near = wall - offsetSeconds(this.zones[0].zone, wall);
    const zone = zoneAt(this.zones, near - SECONDS_PER_DAY);
    return wall - offsetSeconds(zone, near - SECONDS_PER_DAY);
  }

  private byTick(candidates: readonly number[], tick: DeviceTick | null): number | null {
    const last = tick ? this.lastTick.get(tick.transmitter) : undefined;
    if (!tick || !last || tick.seconds === last.seconds) return null;
    const predicted = last.instant + tick.seconds - last.seconds;
    return candidates.find((instant) => Math.abs(instant - predicted) <= TICK_TOLERANCE_SECONDS) ?? null;
  }

  private byRowOrder(first: number, second: number, series: string): number {
    const last = this.lastInstant.get(series);
    if (last === undefined) return this.descending ? second : first;
    if (this.descending) return second < last || first === last ? second : first;
    return first > last || second === last ? first : second;
  }
}
