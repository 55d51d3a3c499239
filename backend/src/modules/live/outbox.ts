import type { ClientBase } from 'pg';
import type { PatientStanding } from '../patients/read-grounds.repository.js';
import type { LiveEvent } from './live-event.js';
import type { Gap, Progress } from './settled-ids.js';

/** A row of the outbox with what decides who may be told. */
export interface OutboxEvent {
  readonly id: number;
  /** When it was written, in milliseconds since the epoch. */
  readonly at: number;
  readonly kind: LiveEvent['kind'];
  readonly subject: object;
  readonly patient: PatientStanding & { readonly createdAt: number };
}

/**
 * An `OutboxEvent` as JSON, from a row `e` of events; NULL where the patient is gone. Asked for each event by itself: as
 * a join it would be planned for as many events as a look may take in, and read every patient there is.
 */
export const EVENT_JSON = `(
  SELECT json_build_object('id', e.id, 'kind', e.kind, 'subject', e.subject,
    'at', floor(extract(epoch FROM e.at) * 1000),
    'patient', json_build_object('id', p.id, 'userId', p.user_id, 'organisationId', p.organisation_id,
      'archived', p.archived_at IS NOT NULL, 'createdAt', floor(extract(epoch FROM p.created_at) * 1000)))
  FROM patients p WHERE p.id = e.patient_id)`;

/** What a look takes in at most; the rest waits for the next one. */
const EVENTS_PER_LOOK = 2_000;

const LOOK = {
  name: 'look-at-outbox',
  text: `
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS "endedBelow",
      CASE WHEN $4 THEN pg_current_xact_id()::text END AS given,
      (SELECT json_agg(event ORDER BY id) FROM (
        SELECT e.id, ${EVENT_JSON} AS event FROM (
          (SELECT * FROM live_events WHERE id > $1 ORDER BY id LIMIT ${EVENTS_PER_LOOK})
          UNION ALL
          SELECT late.* FROM unnest($2::bigint[], $3::bigint[]) AS gap (first, last)
            JOIN live_events late ON late.id BETWEEN gap.first AND gap.last
        ) e
      ) found WHERE event IS NOT NULL) AS events`,
};

/** No transaction that tells something lasts longer than this. */
const LONGEST_TRANSACTION = `interval '10 minutes'`;

const BEGIN = `
  WITH old AS (
    SELECT coalesce(max(id), 0) AS id FROM live_events WHERE at <= $1::timestamptz - ${LONGEST_TRANSACTION}
  ), numbered AS (
    SELECT id, lead(id) OVER (ORDER BY id) AS next
    FROM (SELECT id FROM old UNION ALL SELECT e.id FROM live_events e, old WHERE e.id > old.id) AS known
  )
  SELECT pg_current_xact_id()::text AS given, (SELECT max(id)::float8 FROM numbered) AS newest,
    (SELECT json_agg(json_build_array(id + 1, next - 1) ORDER BY id) FROM numbered WHERE next > id + 1) AS gaps`;

export interface Look {
  readonly events: readonly OutboxEvent[];
  readonly progress: Progress;
  /** There may be more than one look takes in. */
  readonly full: boolean;
}

/** Where a process begins to follow the outbox: what is older is settled, but for the gaps. */
export async function begin(client: ClientBase, now: Date): Promise<{ newest: number; gaps: Gap[] }> {
  const { rows } = await client.query<{ given: string; newest: number; gaps: [number, number][] | null }>(BEGIN, [now]);
  const [{ given, newest, gaps } = { given: '0', newest: 0, gaps: null }] = rows;
  return { newest, gaps: (gaps ?? []).map(([first, last]) => ({ first, last, takenBefore: BigInt(given) })) };
}

/** Everything in the gaps and after the last number that was seen, in one snapshot. */
export async function look(
  client: ClientBase,
  after: number,
  gaps: readonly Gap[],
  options: { readonly askForGiven: boolean },
): Promise<Look> {
  const { rows } = await client.query<{ endedBelow: string; given: string | null; events: OutboxEvent[] | null }>({
    ...LOOK,
    values: [after, gaps.map(({ first }) => first), gaps.map(({ last }) => last), options.askForGiven],
  });
  const [{ endedBelow, given, events } = { endedBelow: '0', given: null, events: null }] = rows;
  return {
    events: events ?? [],
    progress: { endedBelow: BigInt(endedBelow), given: given === null ? null : BigInt(given) },
    full: (events?.length ?? 0) >= EVENTS_PER_LOOK,
  };
}
