import type { AdditiveStatistics } from '../../domain/glycemia/additive-statistics.js';

/** Local days of one patient, both included. */
export interface DayWindow {
  readonly patientId: string;
  readonly firstDay: number;
  readonly lastDay: number;
  /** `DAYS_VERSION` of the patient as it was read before; `null` where it is not known. */
  readonly version: string | null;
}

/** Of `patient_ingest i`: which transaction wrote there last, as each that changes days does. */
export const DAYS_VERSION = 'i.xmin::text';

/** What the stored days of a window add up to. */
export interface WindowTotals extends AdditiveStatistics {
  /** Local days that have samples. */
  readonly days: number;
}
