import { SECONDS_PER_DAY } from '../../time/zone.js';
import { distancesTo } from '../matrix-profile/distance-profile.js';
import type { Match } from '../matrix-profile/matches.js';
import { discordsOf, motifsOf } from '../matrix-profile/motifs.js';
import type { SelfJoin } from '../matrix-profile/self-join.js';
import { CONSTANT, UNUSABLE, type Windows } from '../matrix-profile/windows.js';
import type { EvenSeries } from './even-series.js';
import { likenessOf, type WindowFacts, windowFacts } from './window-facts.js';

/** With less, what recurs is the same day and what is strange has nothing to be strange against. */
export const NEEDED_DAYS = 7;
/** Shapes that are less alike are no motif. */
const LEAST_LIKENESS = 0.9;

/**
 * The exclusion zone of profiles that findings are read from: a window is not compared with one that shares a sample
 * with it. With the usual quarter of a window, the nearest neighbour of a strange day is the same day, a little later.
 */
export const findingZone = (m: number): number => m - 1;

export interface FindingOptions {
  readonly maxMotifs: number;
  /** Places given of each motif. */
  readonly maxPlaces: number;
  readonly maxDiscords: number;
}

export interface FoundMotif {
  /** The place it was found by first, then by likeness to that, which is `null` for a flat one. */
  readonly places: ReadonlyArray<WindowFacts & { readonly likeness: number | null }>;
  /** Highest level of any place less the lowest: the same shape is not the same glucose. */
  readonly levelSpreadMgdl: number;
}

export interface FoundDiscord extends WindowFacts {
  /** The window most like it, which is not very like it. */
  readonly nearest: WindowFacts;
}

export type Findings =
  | { readonly status: 'too-little-data'; readonly completeDays: number; readonly neededDays: number }
  | {
      readonly status: 'found';
      /** Time covered by windows without a gap, in days. */
      readonly completeDays: number;
      readonly motifs: readonly FoundMotif[];
      /** Curves that run like no other. Flat ones are left out: their shape is noise. */
      readonly strangeShapes: ReadonlyArray<FoundDiscord & { readonly likeness: number | null }>;
      /** Stretches whose glucose is like no other as it is, such as a flat day at 300 mg/dL, which no shape shows. */
      readonly strangeLevels: ReadonlyArray<FoundDiscord & { readonly differenceMgdl: number }>;
    };

/**
 * What recurs in a series and what does not, from its matrix profiles by shape and as it is (`plain`), both of the same
 * windows and with `findingZone`. Level and amplitude are told beside every shape.
 */
export function findingsOf(series: EvenSeries, shape: SelfJoin, plain: SelfJoin, options: FindingOptions): Findings {
  const { m } = shape.windows;
  const completeDays = (covered(shape.windows) * series.stepSeconds) / SECONDS_PER_DAY;
  if (completeDays < NEEDED_DAYS) return { status: 'too-little-data', completeDays, neededDays: NEEDED_DAYS };

  const facts = ({ index }: Match): WindowFacts => windowFacts(series, index, m);
  const nearest = (join: SelfJoin, { index }: Match): WindowFacts =>
    windowFacts(series, join.nearest.indices[index * join.nearest.k]!, m);
  const shaped = shapesAlone(shape, series);
  const radius = Math.sqrt(2 * m * (1 - LEAST_LIKENESS));
  const motifs = motifsOf(shaped, {
    maxMotifs: options.maxMotifs,
    maxMatches: options.maxPlaces,
    maxDistance: radius,
    cutoff: radius,
  });
  return {
    status: 'found',
    completeDays,
    motifs: motifs.map((motif) => {
      const first = facts(motif[0]!);
      const places = motif.map((match) => {
        const own = facts(match);
        return { ...own, likeness: likenessOf(match.distance, m, first, own) };
      });
      const levels = places.map(({ levelMgdl }) => levelMgdl);
      return { places, levelSpreadMgdl: Math.max(...levels) - Math.min(...levels) };
    }),
    strangeShapes: discordsOf(shaped, options.maxDiscords).map((discord) => {
      const [own, other] = [facts(discord), nearest(shaped, discord)];
      return { ...own, likeness: likenessOf(discord.distance, m, own, other), nearest: other };
    }),
    strangeLevels: discordsOf(plain, options.maxDiscords).map((discord) => ({
      ...facts(discord),
      differenceMgdl: discord.distance / Math.sqrt(m),
      nearest: nearest(plain, discord),
    })),
  };
}

/** Samples of which some window without a gap holds each. */
function covered({ kinds, m }: Windows): number {
  let samples = 0;
  let end = 0;
  kinds.forEach((kind, window) => {
    if (kind === UNUSABLE) return;
    samples += window + m - Math.max(end, window);
    end = window + m;
  });
  return samples;
}

/**
 * The nearest neighbour of each window, of shapes alone: flat windows have none, so that they begin no motif and are no
 * discord, and no constant one is any. By convention a constant is nearer to every shape than half of all shapes are.
 */
function shapesAlone(join: SelfJoin, series: EvenSeries): SelfJoin {
  const { windows, nearest } = join;
  const distances = new Float64Array(windows.count).fill(Infinity);
  const indices = new Int32Array(windows.count).fill(-1);
  for (let window = 0; window < windows.count; window++) {
    let index = nearest.indices[window * nearest.k]!;
    if (index < 0 || windowFacts(series, window, windows.m).isFlat) continue;
    let distance = nearest.distances[window * nearest.k]!;
    if (windows.kinds[index] === CONSTANT) [distance, index] = nearestShape(join, window);
    distances[window] = distance;
    indices[window] = index;
  }
  return { ...join, nearest: { k: 1, distances, indices } };
}

function nearestShape({ windows, zone, comparison }: SelfJoin, window: number): [distance: number, index: number] {
  let [least, index] = [Infinity, -1];
  distancesTo(windows, window, windows, comparison).forEach((distance, other) => {
    if (Math.abs(other - window) <= zone || windows.kinds[other] === CONSTANT || distance >= least) return;
    [least, index] = [distance, other];
  });
  return [least, index];
}
