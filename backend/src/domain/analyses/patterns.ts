import type { PersonHistory } from '../causality/person-history.js';
import { isoInstant } from '../glycemia/episode-report.js';
import type { Sighting } from '../patterns/clinical/candidate.js';
import { clinicalPatterns, type Pattern } from '../patterns/clinical/clinical-patterns.js';
import { CAUTION } from '../patterns/clinical/words.js';
import { isoDay } from '../time/zone.js';

/** So many of the newest sightings are told, all are counted. */
const SIGHTINGS_TOLD = 10;

export interface PatternOptions {
  /** Share of false ones expected among the patterns found. */
  readonly falseDiscoveryRate: number;
}

/** Clinical patterns of a record, as they are told. */
export function patterns(history: PersonHistory, { falseDiscoveryRate }: PatternOptions) {
  const answer = clinicalPatterns(history, falseDiscoveryRate);
  if (answer.status !== 'done') return answer;
  return {
    status: 'done' as const,
    found: answer.found.map(told),
    notFound: answer.notFound.map(told),
    unanswered: answer.unanswered.map(({ kind, part, missing }) => ({ kind, part, missing })),
    tested: answer.found.length + answer.notFound.length,
    falseDiscoveryRate,
    caution: CAUTION,
  };
}

const told = ({
  kind,
  part,
  sightings,
  likely,
  of,
  unit,
  expected,
  test,
  p,
  adjustedP,
  effect,
  text,
  isNot,
}: Pattern) => ({
  kind,
  part,
  seen: {
    count: sightings.length,
    of,
    unit,
    expectedByChance: expected,
    newest: newestOf(sightings),
  },
  likely: likely ? { count: likely.length, newest: newestOf(likely) } : null,
  test,
  p,
  adjustedP,
  effect,
  text,
  isNot,
});

const newestOf = (sightings: readonly Sighting[]) =>
  sightings
    .slice(-SIGHTINGS_TOLD)
    .map(({ day, at }) => ({ day: isoDay(day), at: at === null ? null : isoInstant(at) }));
