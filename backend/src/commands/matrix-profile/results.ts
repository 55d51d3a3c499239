import { abJoin } from '../../domain/patterns/matrix-profile/ab-join.js';
import { distanceProfile } from '../../domain/patterns/matrix-profile/distance-profile.js';
import { matchesOf } from '../../domain/patterns/matrix-profile/matches.js';
import { discordsOf, type Motif, motifsOf } from '../../domain/patterns/matrix-profile/motifs.js';
import { exclusionZone } from '../../domain/patterns/matrix-profile/parameters.js';
import type { Comparison } from '../../domain/patterns/matrix-profile/pair-distance.js';
import type { Profile } from '../../domain/patterns/matrix-profile/profile.js';
import { ProfileStream } from '../../domain/patterns/matrix-profile/profile-stream.js';
import { selfJoin } from '../../domain/patterns/matrix-profile/self-join.js';
import { writtenNumber } from '../golden-file.js';
import type { Parameters, ParametersFile } from './parameters-file.js';

const DISCORDS = 3;

type Results = Readonly<Record<string, unknown>>;

/** What a file asks for, under the names that STUMPY's results have in the reference files. */
export function resultsOf(file: ParametersFile): Results {
  switch (file.kind) {
    case 'self-join':
      return selfJoinResults(file);
    case 'ab-join': {
      const { nearestInB } = abJoin(file.T_A, file.T_B, file.m, { k: file.k, comparison: comparisonOf(file) });
      return { P: distances(nearestInB), I: indices(nearestInB) };
    }
    case 'mass':
      return { D: [...distanceProfile(file.Q, file.T, comparisonOf(file))].map(writtenNumber) };
    case 'match':
      return matchResults(file);
    case 'motifs':
      return motifResults(file);
    default:
      return streamResults(file);
  }
}

const comparisonOf = ({ normalize }: { normalize: boolean }): Comparison => (normalize ? 'shape' : 'plain');

const joinOptions = (file: { normalize: boolean; k: number; exclusion_zone?: number | undefined }) => ({
  k: file.k,
  comparison: comparisonOf(file),
  ...(file.exclusion_zone === undefined ? {} : { zone: file.exclusion_zone }),
});

function selfJoinResults(file: Parameters<'self-join'>): Results {
  const { nearest, left, right } = selfJoin(file.T, file.m, joinOptions(file));
  return { P: distances(nearest), I: indices(nearest), left_I: firstIndices(left), right_I: firstIndices(right) };
}

function matchResults(file: Parameters<'match'>): Results {
  const matches = matchesOf(distanceProfile(file.Q, file.T, comparisonOf(file)), {
    zone: exclusionZone(file.Q.length),
    maxDistance: file.max_distance ?? null,
    maxMatches: file.max_matches ?? Infinity,
  });
  return { matches: matches.map(({ distance, index }) => [writtenNumber(distance), index]) };
}

/** Motifs of fewer windows than the longest are filled up with NaN and -1, so that the table is one. */
function motifResults(file: Parameters<'motifs'>): Results {
  const { min_neighbors, max_distance, cutoff, max_matches, max_motifs } = file.params;
  const join = selfJoin(file.T, file.m, joinOptions(file));
  const motifs = motifsOf(join, {
    minNeighbors: min_neighbors,
    maxDistance: max_distance ?? null,
    cutoff: cutoff ?? Infinity,
    maxMatches: max_matches,
    maxMotifs: max_motifs,
  });
  const width = Math.max(0, ...motifs.map((motif) => motif.length));
  const table = <T>(cell: (motif: Motif, rank: number) => T): T[][] =>
    motifs.map((motif) => Array.from({ length: width }, (_, rank) => cell(motif, rank)));
  return {
    motif_distances: table((motif, rank) => writtenNumber(motif[rank]?.distance ?? Number.NaN)),
    motif_indices: table((motif, rank) => motif[rank]?.index ?? -1),
    discords_top3_excl_ceil_m_over_4: discordsOf(join, DISCORDS).map(({ index, distance }) => [index, distance]),
  };
}

function streamResults(file: Parameters<'stumpi(egress=False)' | 'stumpi(egress=True)'>): Results {
  const egress = file.kind === 'stumpi(egress=True)';
  const stream = new ProfileStream(file.T.slice(0, file.T_initial_len), file.m, { ...joinOptions(file), egress });
  for (const sample of file.T.slice(file.T_initial_len)) stream.append(sample);
  const { nearest, left } = stream;
  return { P: distances(nearest), I: indices(nearest), left_I: firstIndices(left) };
}

const distances = ({ distances: own, k }: Profile) => inRows([...own].map(writtenNumber), k);
const indices = ({ indices: own, k }: Profile) => inRows([...own], k);
const firstIndices = ({ indices: own, k }: Profile) => [...own].filter((_, place) => place % k === 0);

/** A row per window where there are several neighbours; plain values where there is one. */
const inRows = <T>(values: T[], k: number): T[] | T[][] =>
  k === 1 ? values : Array.from({ length: values.length / k }, (_, row) => values.slice(row * k, (row + 1) * k));
