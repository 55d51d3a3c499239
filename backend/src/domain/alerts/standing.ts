/** How the work on alerts stands at one instant. Times are seconds before it; `null` where it never happened. */
export interface AlertWork {
  /** When a process that takes in readings was last seen. */
  readonly listenedAgo: number | null;
  /** When a look at everybody who was due last came to its end. */
  readonly evaluatedAgo: number | null;
  /** When all that sounded was last laid out for sending. */
  readonly deliveredAgo: number | null;
  /** How long the patient who has waited longest has waited, apart from those whose evaluation fails; 0 where nobody waits. */
  readonly oldestDueSeconds: number;
  /** How long the message that has waited longest has been left alone past its time; 0 where none waits. */
  readonly oldestMessageSeconds: number;
  /** Patients whose evaluation fails, and all whom the last day concerned, these included. */
  readonly failingPatients: number;
  readonly recentPatients: number;
}

/** Why nobody should rely on alerts now. The words are API. */
export type AlertTrouble =
  'not-listening' | 'not-evaluating' | 'evaluating-late' | 'evaluations-fail' | 'not-delivering' | 'delivering-late';

/** Work comes round every ten seconds; what is a minute old has stopped. */
export const WORK_PATIENCE_SECONDS = 60;

/** A few patients who cannot be evaluated are told of by their metric; from this share on it is no matter of a few. */
const FAILING_SHARE = 0.1;

/** Everything that keeps alerts from being found and sent; empty where they are. */
export function troublesOf(work: AlertWork): AlertTrouble[] {
  const isOld = (ago: number | null): boolean => ago === null || ago > WORK_PATIENCE_SECONDS;
  const troubles: Readonly<Record<AlertTrouble, boolean>> = {
    'not-listening': isOld(work.listenedAgo),
    'not-evaluating': isOld(work.evaluatedAgo),
    'evaluating-late': work.oldestDueSeconds > WORK_PATIENCE_SECONDS,
    'evaluations-fail': work.failingPatients > FAILING_SHARE * work.recentPatients,
    'not-delivering': isOld(work.deliveredAgo),
    'delivering-late': work.oldestMessageSeconds > WORK_PATIENCE_SECONDS,
  };
  return (Object.keys(troubles) as AlertTrouble[]).filter((trouble) => troubles[trouble]);
}
