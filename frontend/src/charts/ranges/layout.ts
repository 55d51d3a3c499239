import type { Band, RangeBracket, RangeSegment } from '@/api/types';
import { pushApart } from '../push-apart';

export interface RangeBarOptions {
  /** Length of the bar along its stacking direction, px. */
  length: number;
  gap: number;
  /** A band that occurs at all is never thinner than this. */
  minimum: number;
}

export interface PlacedSegment {
  band: Band;
  start: number;
  length: number;
}

/**
 * Stacks the bands in the order given. Lengths and gaps fill the bar exactly; bands without time take no room.
 * Thin bands are widened to the minimum and the rest shares what is left in proportion.
 */
export function layoutSegments(segments: readonly RangeSegment[], options: RangeBarOptions): PlacedSegment[] {
  const present = segments.filter((segment) => (segment.percent ?? 0) > 0);
  const room = options.length - options.gap * Math.max(0, present.length - 1);
  const lengths = shareRoom(
    present.map((segment) => segment.percent ?? 0),
    room,
    options.minimum,
  );
  let start = 0;
  return present.map((segment, index) => {
    const placed = { band: segment.band, start, length: lengths[index] ?? 0 };
    start += placed.length + options.gap;
    return placed;
  });
}

function shareRoom(weights: readonly number[], room: number, minimum: number): number[] {
  const thin = new Set<number>();
  for (;;) {
    const free = room - thin.size * minimum;
    const total = weights.reduce((sum, weight, index) => (thin.has(index) ? sum : sum + weight), 0);
    const lengths = weights.map((weight, index) => (thin.has(index) ? minimum : (weight / total) * free));
    const tooThin = lengths.findIndex((length, index) => !thin.has(index) && length < minimum);
    if (tooThin === -1) return lengths;
    thin.add(tooThin);
  }
}

export interface RangeLabel {
  segment: RangeSegment;
  /** Where the leader leaves the bar, and the centre of the label, px. */
  anchor: number;
  centre: number;
}

/** One label per band, also for bands without time, dodged so that no two label boxes touch. */
export function layoutLabels(
  segments: readonly RangeSegment[],
  placed: readonly PlacedSegment[],
  options: { length: number; labelHeight: number },
): RangeLabel[] {
  let edge = 0;
  const anchors = segments.map(({ band }) => {
    const found = placed.find((segment) => segment.band === band);
    if (!found) return edge;
    edge = found.start + found.length;
    return found.start + found.length / 2;
  });
  const centres = pushApart(
    anchors,
    options.labelHeight,
    options.labelHeight / 2,
    options.length - options.labelHeight / 2,
  );
  return segments.map((segment, index) => ({
    segment,
    anchor: anchors[index] ?? 0,
    centre: centres[index] ?? 0,
  }));
}

export interface PlacedBracket {
  bracket: RangeBracket;
  from: number;
  to: number;
}

const BRACKET_BANDS: Record<RangeBracket['code'], readonly Band[]> = {
  above: ['high', 'veryHigh'],
  below: ['low', 'veryLow'],
};

/** A bracket joins two labels; where a preset has merged the two bands there is nothing to add up. */
export function layoutBrackets(brackets: readonly RangeBracket[], labels: readonly RangeLabel[]): PlacedBracket[] {
  return brackets.flatMap((bracket) => {
    const joined = labels.filter(({ segment }) => BRACKET_BANDS[bracket.code].includes(segment.band));
    const from = joined[0];
    const to = joined.at(-1);
    return from && to && from !== to ? [{ bracket, from: from.centre, to: to.centre }] : [];
  });
}
