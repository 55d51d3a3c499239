import type { AlertEvidence } from './evidence.js';
import type { RuleCode } from './settings.js';
import { gravest, type Severity } from './severity.js';

export type ClosedBy = 'recovered' | 'data-ended' | 'data-arrived' | 'turned-off' | 'expired';

export interface SeverityChange {
  readonly at: number;
  readonly severity: Severity;
}

/**
 * A stretch of time for which one rule holds. It follows from the canonical series, the settings and the person's zones
 * alone; when anything arrived or was looked at plays no part. Instants are seconds since the epoch.
 */
export interface AlertEpisode {
  readonly rule: RuleCode;
  /** The first sample beyond, or the last one before silence. */
  readonly onsetAt: number;
  /** When it had lasted long enough. */
  readonly openedAt: number;
  /** The last sample that kept it open; for silence, how far it has lasted. */
  readonly lastAt: number;
  readonly closedAt: number | null;
  readonly closedBy: ClosedBy | null;
  /** Ascending in time and in severity, never empty; the first is that of the opening. */
  readonly severities: readonly SeverityChange[];
  /** True where the fall into a low looks like somebody lying on the sensor. It says so, and silences nothing. */
  readonly suspectedCompression: boolean;
  readonly evidence: AlertEvidence;
}

export const severityOf = ({ severities }: AlertEpisode): Severity =>
  gravest(severities.map(({ severity }) => severity)) ?? 'info';

/** No alert stays open for longer; what still holds is by then a state of the patient and no news. */
export const LONGEST_EPISODE_SECONDS = 24 * 3600;
