import { SECONDS_PER_DAY } from '../../time/zone.js';
import type { Match } from '../matrix-profile/matches.js';
import { discordsOf, motifsOf } from '../matrix-profile/motifs.js';
import type { SelfJoin } from '../matrix-profile/self-join.js';
import { UNUSABLE, type Windows } from '../matrix-profile/windows.js';
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
  /** The place it was found by first, then by likeness to that. */
  readonly places: ReadonlyArray<WindowFacts & { readonly likeness: number }>;
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
      readonly strangeShapes: ReadonlyArray<FoundDiscord & { readonly likeness: number }>;
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
  const shaped = withoutFlat(shape, series);
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
      const places = motif.map((match) => ({ ...facts(match), likeness: likenessOf(match.distance, m) }));
      const levels = places.map(({ levelMgdl }) => levelMgdl);
      return { places, levelSpreadMgdl: Math.max(...levels) - Math.min(...levels) };
    }),
    strangeShapes: discordsOf(shaped, options.maxDiscords).map((discord) => ({
      ...facts(discord),
      likeness: likenessOf(discord.distance, m),
      nearest: nearest(shape, discord),
    })),
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

/** The same profile in which flat windows have no neighbour, so that they begin no motif and are no discord. */
function withoutFlat(join: SelfJoin, series: EvenSeries): SelfJoin {
  const { windows, nearest } = join;
  const distances = nearest.distances.map((distance, place) => {
    const window = Math.floor(place / nearest.k);
    if (distance === Infinity) return distance;
    return windowFacts(series, window, windows.m).isFlat ? Infinity : distance;
  });
  return { ...join, nearest: { ...nearest, distances } };
}
