import { listenedUntil, type Outage } from './rules/no-data.js';
import type { UploaderSilence } from './uploader-silence.js';

/** Uploaders report every few minutes, some each quarter of an hour. */
const LATELY_SECONDS = 15 * 60;

/** What is known of the contacts of an uploader. Seconds since the epoch. */
export interface Contact {
  readonly heardAt: number | null;
  /** When the newest reading came in, and when it was measured. */
  readonly broughtAt: number | null;
  readonly measuredAt: number | null;
}

/**
 * Says which is silent. The uploader still reports where it was heard lately, and after the contact that brought the newest
 * reading: a request that came with a fresh reading says nothing of the silence after it. One that came late has waited
 * through that silence. Minutes in which GlucoLens was not running count against nobody.
 */
export function uploaderSilence(
  { heardAt, broughtAt, measuredAt }: Contact,
  outages: readonly Outage[],
  now: number,
): UploaderSilence {
  const knew = (at: number): boolean =>
    at > (broughtAt ?? -Infinity) || at - (measuredAt ?? -Infinity) > LATELY_SECONDS;
  const reports = heardAt !== null && knew(heardAt) && now <= listenedUntil(heardAt, LATELY_SECONDS, outages);
  return { silent: reports ? 'sensor' : 'uploader', heardAt, judgedAt: now };
}
