/** What an open page is told. It names what changed and holds no measurement: the page asks again, with its own rights. */
export type LiveEvent = ReadingsArrived | AlertChanged | ForecastIssued | JobChanged;

export interface ReadingsArrived {
  readonly kind: 'reading';
  readonly patientId: string;
  /** The newest of what arrived; `null` where known readings are judged anew, as in another time zone. */
  readonly measuredAt: string | null;
}

export interface AlertChanged {
  readonly kind: 'alert';
  readonly patientId: string;
  readonly alertId: string;
  readonly rule: string;
  readonly severity: string;
  readonly state: 'open' | 'closed' | 'voided';
  readonly openedAt: string;
  readonly closedAt: string | null;
  /** What happened, in the words of the timeline: `opened`, `acknowledged` and so on. */
  readonly changes: readonly string[];
  /** Whether it was decided just now that somebody must hear it. */
  readonly sounds: boolean;
}

export interface ForecastIssued {
  readonly kind: 'forecast';
  readonly patientId: string;
  readonly issuedAt: string;
}

export interface JobChanged {
  readonly kind: 'job';
  readonly patientId: string;
  readonly jobId: string;
  readonly state: string;
}
