/** A label's values where they are known beforehand, so that each is there from the start at 0; else `open`. */
type Labels = Readonly<Record<string, readonly string[] | 'open'>>;

interface Instrument {
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels: Labels;
  /** Upper bounds in seconds, of a histogram. */
  readonly buckets?: readonly number[];
}

const counter = <const L extends Labels>(help: string, labels: L) => ({ type: 'counter', help, labels }) as const;
const gauge = <const L extends Labels>(help: string, labels: L) => ({ type: 'gauge', help, labels }) as const;
const histogram = <const L extends Labels>(help: string, labels: L, buckets: readonly number[]) =>
  ({ type: 'histogram', help, labels, buckets }) as const;

const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const LIVE_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 30];
const DELIVERY_SECONDS = [0.1, 0.3, 1, 3, 10, 30, 60, 300, 900, 3600];
const JOB_SECONDS = [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300];

const SEVERITIES = ['info', 'warning', 'urgent'];

/**
 * Everything this product measures about itself, apart from what every Node process tells. Open labels hold names that
 * stand in the code (routes, jobs, queues, codes): never an id, a person or a value, so their number is bounded.
 */
export const INSTRUMENTS = {
  app_info: gauge('Always 1: what runs, in which version and role.', {
    version: 'open',
    revision: 'open',
    role: 'open',
  }),
  http_request_duration_seconds: histogram(
    'Time to answer a request, by method, route template and class of status.',
    { method: 'open', route: 'open', status: 'open' },
    REQUEST_SECONDS,
  ),
  http_requests_in_flight: gauge('Requests being answered now.', {}),
  glucolens_database_connections: gauge('Open connections of the pool.', { state: ['busy', 'idle'] }),
  glucolens_database_connections_max: gauge('Connections that the pool may open.', {}),
  glucolens_database_waiting: gauge('Callers waiting for a connection of the pool.', {}),
  glucolens_queue_jobs: gauge('Jobs of a queue that are not finished, and failed ones still kept.', {
    queue: 'open',
    state: ['waiting', 'active', 'delayed', 'failed'],
  }),
  glucolens_queue_oldest_waiting_seconds: gauge('Age of the oldest waiting job of a queue; 0 where none waits.', {
    queue: 'open',
  }),
  glucolens_job_duration_seconds: histogram(
    'Time of one attempt of a job. Outcomes: completed, failed (will be tried again), dead (will not).',
    { job_name: 'open', outcome: ['completed', 'failed', 'dead'] },
    JOB_SECONDS,
  ),
  glucolens_job_last_success_timestamp_seconds: gauge('When a job of this name was last completed by this process.', {
    job_name: 'open',
  }),
  glucolens_schedule_last_run_timestamp_seconds: gauge('When recurring work was last put on its queue from here.', {
    job_name: 'open',
  }),
  glucolens_readings_total: counter('Readings taken in, by whatever way.', { outcome: ['accepted', 'known'] }),
  glucolens_readings_rejected_total: counter('Readings refused, by the code the sender was told.', { code: 'open' }),
  glucolens_live_streams: gauge('Streams of live events that clients have open.', {}),
  glucolens_live_delay_seconds: histogram(
    'From the writing of a live event, in its transaction, to its being sent.',
    { kind: ['reading', 'alert', 'forecast', 'job'] },
    LIVE_SECONDS,
  ),
  glucolens_alerts_opened_total: counter('Alerts that opened, by rule and how grave they were when first seen.', {
    rule: 'open',
    severity: SEVERITIES,
  }),
  glucolens_alerts_decided_total: counter(
    'Moments worth a sound: sounded, or silent since the alert was over or its last value too old.',
    { decision: ['sound', 'over', 'stale'] },
  ),
  glucolens_alert_lag_seconds: histogram(
    'From the arrival of a reading to the decision about its alerts.',
    {},
    [0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10, 30, 60, 300],
  ),
  glucolens_alert_oldest_due_seconds: gauge(
    'For how long the patient who has waited longest has waited for a look at the alerts; 0 where nobody waits.',
    {},
  ),
  glucolens_alert_evaluations_failed_total: counter('Patients whose alerts could not be looked at; tried again.', {}),
  glucolens_alert_work_age_seconds: gauge(
    'Since work on alerts last came to its end, in whatever process; heartbeat only where HEARTBEAT_URL is set.',
    { work: ['evaluation', 'delivery', 'heartbeat'] },
  ),
  glucolens_alert_oldest_message_seconds: gauge(
    'For how long the message that has waited longest has been left alone past its time; 0 where none waits.',
    {},
  ),
  glucolens_heartbeats_total: counter(
    'Heartbeats that were due: sent, withheld since work on alerts had stopped, or not taken.',
    {
      outcome: ['sent', 'withheld', 'failed'],
    },
  ),
  glucolens_imports_total: counter('Imports of files that came to an end or to a question.', {
    outcome: ['done', 'refused', 'needs-input', 'failed'],
  }),
  glucolens_ml_runs_total: counter('Analyses that came to an end.', {
    algorithm: ['forecast', 'patterns', 'risk', 'matrix-profile', 'pcmci', 'influences', 'rules'],
    outcome: ['done', 'too-little-data', 'failed', 'cancelled'],
  }),
  glucolens_sign_ins_total: counter('Attempts to sign in; those throttled also to register or to change a password.', {
    outcome: ['success', 'wrong-credentials', 'throttled'],
  }),
  glucolens_alert_deliveries_total: counter(
    'Messages about alerts, by channel and by how an attempt ended; each message ends once, and may be retried before. `no-page`: no page was open.',
    {
      channel: ['live', 'web-push', 'email', 'webhook'],
      severity: SEVERITIES,
      outcome: ['delivered', 'retried', 'failed', 'expired', 'cancelled', 'no-page'],
    },
  ),
  glucolens_alert_delivery_lag_seconds: histogram(
    'Time from the moment at which somebody was to be told to the moment at which the message had arrived.',
    { channel: ['live', 'web-push', 'email', 'webhook'] },
    DELIVERY_SECONDS,
  ),
  glucolens_alert_deliveries_late_total: counter('Messages that arrived more than 30 seconds after that moment.', {
    channel: ['live', 'web-push', 'email', 'webhook'],
    severity: SEVERITIES,
  }),
  glucolens_backup_last_success_timestamp_seconds: gauge(
    'When the newest complete backup in BACKUP_DIR was begun; 0 where there is none.',
    {},
  ),
  glucolens_unexpected_errors_total: counter('Errors that nobody foresaw, by where they came up.', {
    source: ['request', 'job', 'process'],
  }),
} as const satisfies Record<string, Instrument>;

export type InstrumentName = keyof typeof INSTRUMENTS;
type OfType<T extends Instrument['type']> = {
  [N in InstrumentName]: (typeof INSTRUMENTS)[N]['type'] extends T ? N : never;
}[InstrumentName];
export type CounterName = OfType<'counter'>;
export type GaugeName = OfType<'gauge'>;
export type HistogramName = OfType<'histogram'>;

/** The labels of an instrument, each with the values it may have. */
export type LabelsOf<N extends InstrumentName> = {
  readonly [
    L in keyof (typeof INSTRUMENTS)[N]['labels']
  ]: (typeof INSTRUMENTS)[N]['labels'][L] extends readonly (infer V)[] ? V : string;
};
