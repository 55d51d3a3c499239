import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { STEPS } from '../../domain/forecasting/horizons.js';
import { HISTORY_STEPS } from '../../domain/forecasting/inputs.js';
import { WindowCollector, type WindowSet } from '../../domain/forecasting/fitting/window-set.js';

export const PROTOCOL_STEPS = 12;
const STRIDE = 6;

/** A stretch without gaps, every five minutes, mg/dL. */
export interface Segment {
  readonly subject: string;
  readonly mgdl: Float64Array;
  /** Minutes after midnight of the first sample, on the clock of the file. */
  readonly firstMinute: number;
}

/** Segment, start and end (exclusive). */
export type Range = readonly [segment: number, start: number, end: number];
export type Part = 'train' | 'val' | 'test_id' | 'test_od';
export type Split = Readonly<Record<Part, readonly Range[]>>;

/** One of GlucoBench's sets (Sergazinov et al. 2024), as PROTOCOL.md of the reference data lays it out. */
export interface GlucoBenchSet {
  readonly name: string;
  readonly segments: readonly Segment[];
  readonly splits: Readonly<Record<string, Split>>;
  /** Samples before the first origin of a range. */
  readonly contextSteps: number;
}

/** A window of the protocol: forecasts `mgdl[at]` onwards from what stands before. */
export interface ProtocolWindow {
  readonly segment: number;
  readonly subject: string;
  /** Index within the segment of the first value to be forecast. */
  readonly at: number;
}

/** The set in a folder, which names it; `null` where the folder is absent. */
export function readGlucoBench(folder: string): GlucoBenchSet | null {
  if (!existsSync(folder)) return null;
  const lines = gunzipSync(readFileSync(join(folder, 'series.csv.gz')))
    .toString('utf8')
    .trimEnd()
    .split('\n');
  const found: { subject: string; firstMinute: number; mgdl: number[] }[] = [];
  for (const line of lines.slice(1)) {
    const [segment, subject = '', time = '', mgdl] = line.split(',');
    const index = Number(segment);
    found[index] ??= { subject, firstMinute: Number(time.slice(11, 13)) * 60 + Number(time.slice(14, 16)), mgdl: [] };
    found[index].mgdl.push(Number(mgdl));
  }
  const { meta, splits } = JSON.parse(readFileSync(join(folder, 'splits.json'), 'utf8')) as {
    meta: { max_length_input: number };
    splits: Record<string, Split>;
  };
  const segments = found.map((one) => ({ ...one, mgdl: Float64Array.from(one.mgdl) }));
  return { name: basename(folder), segments, splits, contextSteps: meta.max_length_input };
}

/** The protocol's windows of some ranges, or all of them with a stride of one. */
export function protocolWindows(set: GlucoBenchSet, ranges: readonly Range[], stride = STRIDE): ProtocolWindow[] {
  return ranges.flatMap(([segment, start, end]) => {
    const windows: ProtocolWindow[] = [];
    for (let at = start + set.contextSteps; at + PROTOCOL_STEPS <= end; at += stride) {
      windows.push({ segment, subject: set.segments[segment]!.subject, at });
    }
    return windows;
  });
}

/** Four hours: less than test windows have, so that the first hours of each range are learned from as well. */
export const TRAINING_HISTORY = 48;

/**
 * Windows to learn from or to calibrate on: the origins of the ranges that have an hour after them, with the values after
 * them as far as the range goes.
 * @param leastHistory origins with fewer values before them in their range are left out
 */
export function windowsOfRanges(
  set: GlucoBenchSet,
  ranges: readonly Range[],
  { stride = 1, leastHistory = HISTORY_STEPS } = {},
): WindowSet {
  const collector = new WindowCollector();
  for (const [segment, start, end] of ranges) {
    const { mgdl, firstMinute } = set.segments[segment]!;
    for (let at = start + leastHistory; at + PROTOCOL_STEPS <= end; at += stride) {
      collector.add((firstMinute + (at - 1) * 5) % 1440, (history, targets) => {
        const from = Math.max(start, at - HISTORY_STEPS);
        history.set(mgdl.subarray(from, at), HISTORY_STEPS - (at - from));
        targets.set(mgdl.subarray(at, Math.min(end, at + STEPS)));
      });
    }
  }
  return collector.windows();
}
