import type { PersonHistory } from '../../causality/person-history.js';
import { benjaminiHochberg } from '../../statistics/false-discovery.js';
import { afterMealRises } from './after-meal-rises.js';
import type { Candidate, Judged, Unanswered } from './candidate.js';
import { type ClinicalRecord, clinicalRecordOf } from './clinical-record.js';
import { compressionLows } from './compression-lows.js';
import { dawnRise } from './dawn-rise.js';
import { lowAfterExercise } from './low-after-exercise.js';
import { missedBolus } from './missed-bolus.js';
import { DAYS_NEEDED } from './needed.js';
import { rebound } from './rebound.js';
import { recurrentLows } from './recurrent-lows.js';
import { weekend } from './weekend.js';
import { worsening } from './worsening.js';

/** In the order of `PATTERN_KINDS`. */
const LOOKS: ReadonlyArray<(record: ClinicalRecord) => Candidate[]> = [
  recurrentLows,
  lowAfterExercise,
  worsening,
  rebound,
  compressionLows,
  missedBolus,
  afterMealRises,
  dawnRise,
  weekend,
];

export type Pattern = Judged & { readonly adjustedP: number };

export type ClinicalPatterns =
  | {
      readonly status: 'done';
      /** Beyond chance and large enough to matter. */
      readonly found: readonly Pattern[];
      /** Looked for, and not beyond chance or too small. */
      readonly notFound: readonly Pattern[];
      readonly unanswered: readonly Unanswered[];
    }
  | { readonly status: 'too-little-data'; readonly missing: readonly string[] };

/**
 * What recurs in a person's record, each beside what chance would give and adjusted over everything that was tested in it
 * (Benjamini and Hochberg). The same record gives the same answer.
 */
export function clinicalPatterns(history: PersonHistory, falseDiscoveryRate: number): ClinicalPatterns {
  const record = clinicalRecordOf(history);
  const measured = record.days.filter(({ isMeasured }) => isMeasured).length;
  if (measured < DAYS_NEEDED) {
    return { status: 'too-little-data', missing: [`${measured} days of glucose, ${DAYS_NEEDED} are needed`] };
  }
  const candidates = LOOKS.flatMap((look) => look(record));
  const judged = candidates.filter((one) => one.status === 'judged');
  const adjusted = benjaminiHochberg(judged.map(({ p }) => p));
  const patterns = judged.map((one, index): Pattern => ({ ...one, adjustedP: adjusted[index] ?? 1 }));
  const isFound = ({ adjustedP, matters }: Pattern): boolean => matters && adjustedP <= falseDiscoveryRate;
  return {
    status: 'done',
    found: patterns.filter(isFound),
    notFound: patterns.filter((one) => !isFound(one)),
    unanswered: candidates.filter((one) => one.status === 'unanswered'),
  };
}
