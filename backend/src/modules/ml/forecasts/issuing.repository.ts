import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { queryPrepared, queryPreparedIn } from '../../../database/prepared.js';
import { FOLLOWED_SECONDS, followedSince, type IssuedIntervals } from '../../../domain/forecasting/followed-shares.js';
import { HISTORY_SECONDS, STALE_SECONDS } from '../../../domain/forecasting/history.js';
import type { IssuedForecast, KnownOfPerson, Medians, Serving } from '../../../domain/forecasting/issued.js';
import { SERVING_NAMES } from '../../../domain/forecasting/model.js';
import { INTAKE_SECONDS, NOTHING_NOTED, type NotedIntake } from '../../../domain/forecasting/on-board.js';
import { BETWEEN_JUDGED_SECONDS } from '../../../domain/forecasting/personal.js';
import type { PackedDay } from '../../../domain/glycemia/day-samples.js';
import { byPatient, type Owned, SAMPLES_SINCE, seriesByPatient } from '../../readings/samples-since.js';
import { toZoneHistory, type ZoneRows, zonesOf } from '../../readings/zone-rows.js';
import { resultOfNight } from '../runs.repository.js';
import { intakeFrom, NOTED_LATELY, type NotedRow } from './noted-lately.js';
import { checkOf, servingOf } from './serving.js';

/** Every five minutes; sensors of five minutes wander by some seconds, and none of their readings is to be left out. */
const BETWEEN_SECONDS = 270;

const DUE = `
  SELECT i.patient_id AS id FROM patient_ingest i
  WHERE i.patient_id > $1 AND i.last_reading_at >= $2::timestamptz - interval '${STALE_SECONDS} seconds'
    AND NOT EXISTS (
      SELECT FROM forecasts f WHERE f.patient_id = i.patient_id
        AND f.based_on > least(i.last_reading_at, $2) - interval '${BETWEEN_SECONDS} seconds')
  ORDER BY i.patient_id LIMIT $3`;

const CONTEXTS = {
  name: 'contexts-to-forecast',
  text: `
    SELECT wanted.id AS "patientId", ${zonesOf('wanted.id')} AS zones,
      (${resultOfNight('wanted.id', "'forecast'")}) AS result
    FROM unnest($1::uuid[]) AS wanted (id)`,
};

/**
 * What was issued to some patients lately, the first of each half hour, ascending: the index is asked for each half hour,
 * since reading the five others of it as well takes three times as long. JSON is read far faster than an array.
 */
const LATELY = {
  name: 'forecasts-lately',
  text: `
    SELECT wanted.id AS "patientId", extract(epoch FROM lately.based_on)::float8 AS "basedOn",
      array_to_json(lately.quantiles)::text AS quantiles
    FROM unnest($1::uuid[], $2::float8[]) AS wanted (id, since)
    CROSS JOIN LATERAL (
      SELECT floor(wanted.since / ${BETWEEN_JUDGED_SECONDS})::int AS first,
        floor(extract(epoch FROM based_on)::float8 / ${BETWEEN_JUDGED_SECONDS})::int AS last
      FROM forecasts WHERE patient_id = wanted.id ORDER BY based_on DESC LIMIT 1
    ) newest
    CROSS JOIN LATERAL generate_series(newest.first, newest.last) AS half
    CROSS JOIN LATERAL (
      SELECT based_on, quantiles FROM forecasts
      WHERE patient_id = wanted.id
        AND based_on >= to_timestamp(greatest(wanted.since, half * ${BETWEEN_JUDGED_SECONDS}::float8))
        AND based_on < to_timestamp((half + 1) * ${BETWEEN_JUDGED_SECONDS}::float8)
      ORDER BY based_on LIMIT 1
    ) lately`,
};

/** The rows of `$1` that are new, by patient: two sweeps may meet. */
const INSERT = {
  name: 'keep-forecasts',
  text: `
    INSERT INTO forecasts (patient_id, based_on, issued_at, model, version, quantiles, low_within_30, low_within_60, medians)
    SELECT f.patient_id, to_timestamp(f.based_on), $2, f.model, f.version, f.quantiles, f.low_within_30, f.low_within_60,
      f.medians
    FROM jsonb_to_recordset($1::jsonb) AS f (patient_id uuid, based_on float8, model text, version text,
      quantiles smallint[], low_within_30 real, low_within_60 real, medians smallint[])
    ON CONFLICT DO NOTHING RETURNING patient_id AS "patientId"`,
};

interface LatelyRow extends Omit<IssuedIntervals, 'quantiles'> {
  readonly quantiles: string;
}

/** A patient with what serves them. */
interface Served {
  readonly patientId: string;
  readonly serving: Serving;
}

/** A patient for whom a forecast may be issued, with all that takes. */
export interface ForecastContext {
  readonly patientId: string;
  readonly serving: Serving;
  readonly known: KnownOfPerson;
}

export type OwnedForecast = IssuedForecast & Owned;

/** Who is to be given a forecast, and the table that keeps them. */
@Injectable()
export class IssuingRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Ids after one, ascending, of patients with fresh readings and no forecast of the last five minutes. */
  async idsAfter(afterId: string, now: Date, limit: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(DUE, [afterId, now, limit]);
    return rows.map(({ id }) => id);
  }

  /** What was issued to some patients in the time before an instant that their intervals follow: a night has judged the rest. */
  async latelyIssued(served: readonly Served[], now: Date): Promise<Map<string, (IssuedIntervals & Owned)[]>> {
    const seconds = now.getTime() / 1000;
    const rows = await queryPrepared<LatelyRow & Owned>(this.dataSource, LATELY, [
      served.map(({ patientId }) => patientId),
      served.map(({ serving: { followed } }) => followedSince(followed, seconds)),
    ]);
    return byPatient(rows.map((row) => ({ ...row, quantiles: JSON.parse(row.quantiles) as number[] })));
  }

  /** What some patients noted in the hours before an instant that count for a forecast. */
  async latelyNoted(patientIds: readonly string[], now: Date): Promise<Map<string, NotedIntake>> {
    if (patientIds.length === 0) return new Map();
    const until = now.getTime() / 1000;
    const since = until - STALE_SECONDS - INTAKE_SECONDS;
    const rows = await queryPrepared<NotedRow & Owned>(this.dataSource, NOTED_LATELY, [patientIds, since, until]);
    return new Map([...byPatient(rows)].map(([patientId, own]) => [patientId, intakeFrom(own)]));
  }

  /** In four statements, however many they are. */
  async contextsOf(patientIds: readonly string[], now: Date): Promise<ForecastContext[]> {
    // What is fresh may be as old as readings may be, and looks back from there.
    const since = now.getTime() / 1000 - STALE_SECONDS - Math.max(HISTORY_SECONDS, FOLLOWED_SECONDS);
    const days = await queryPrepared<PackedDay & Owned>(this.dataSource, SAMPLES_SINCE, [
      patientIds,
      patientIds.map(() => since),
    ]);
    const series = seriesByPatient(days);
    const rows = await queryPrepared<Owned & { zones: ZoneRows; result: string | null }>(this.dataSource, CONTEXTS, [
      patientIds,
    ]);
    const served = rows.flatMap(({ patientId, zones, result }) => {
      const own = series.get(patientId);
      return own ? [{ patientId, zones: toZoneHistory(zones), serving: servingOf(checkOf(result)), series: own }] : [];
    });
    const issued = await this.latelyIssued(served, now);
    const corrected = served.filter(({ serving }) => serving.correction !== null);
    const intake = await this.latelyNoted(
      corrected.map(({ patientId }) => patientId),
      now,
    );
    return served.map(({ patientId, zones, serving, series: own }) => ({
      patientId,
      serving,
      known: {
        series: own,
        zones,
        issued: issued.get(patientId) ?? [],
        intake: intake.get(patientId) ?? NOTHING_NOTED,
      },
    }));
  }

  /** Whose were not there yet. */
  async keep(manager: EntityManager, now: Date, forecasts: readonly OwnedForecast[]): Promise<string[]> {
    const rows = forecasts.map(({ patientId, basedOn, model, version, quantiles, medians, ...low }) => ({
      patient_id: patientId,
      based_on: basedOn,
      model,
      version,
      quantiles: [...quantiles],
      low_within_30: low.lowWithin30,
      low_within_60: low.lowWithin60,
      medians: mediansRow(medians),
    }));
    const kept = await queryPreparedIn<Owned>(manager, INSERT, [JSON.stringify(rows), now]);
    return kept.map(({ patientId }) => patientId);
  }
}

/** In the order of `SERVING_NAMES`; the last is left out where there is none. */
const mediansRow = (medians: Medians): number[] =>
  SERVING_NAMES.flatMap((name) => {
    const median = medians[name];
    return median === undefined ? [] : [Math.round(median * 10)];
  });
