import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { queryPrepared, queryPreparedIn } from '../../database/prepared.js';
import type { StoredEpisode } from '../../domain/alerts/reconcile.js';
import type { SilentPart } from '../../domain/alerts/uploader-silence.js';
import type { EvaluationWindow } from '../../domain/alerts/window.js';
import { type PackedDay, unpackDays } from '../../domain/glycemia/day-samples.js';
import type { GlucoseSeries } from '../../domain/glycemia/series.js';
import type { ZoneHistory } from '../../domain/time/zone-history.js';
import { byPatient, type Owned, SAMPLES_SINCE, seriesByPatient } from '../readings/samples-since.js';
import { toZoneHistory, type ZoneRows, zonesOf } from '../readings/zone-rows.js';

/** An episode as it stands in the table, with what an evaluation may change. */
export interface StoredAlert extends StoredEpisode {
  readonly severity: string;
  readonly lastAt: number;
  /** Of silence alone: what was said to be silent. */
  readonly silent: SilentPart | null;
}

const epoch = (column: string): string => `extract(epoch FROM ${column})::float8`;

/** In two parts, so that each is a short stretch of an index: a person may have had thousands. */
const EPISODES = {
  name: 'episodes-to-reconcile',
  text: `
    SELECT wanted.id AS "patientId", e.id, e.rule, e.severity, ${epoch('e.opened_at')} AS "openedAt",
      ${epoch('e.last_at')} AS "lastAt", ${epoch('e.closed_at')} AS "closedAt",
      CASE WHEN e.rule = 'no-data' THEN e.evidence->'uploader'->>'silent' END AS silent
    FROM unnest($1::uuid[], $2::float8[]) AS wanted (id, since)
    CROSS JOIN LATERAL (
      SELECT * FROM alert_episodes WHERE patient_id = wanted.id AND closed_at IS NULL AND voided_at IS NULL
      UNION ALL
      SELECT * FROM alert_episodes WHERE patient_id = wanted.id AND closed_at IS NOT NULL AND voided_at IS NULL
        AND opened_at > to_timestamp(wanted.since)
    ) e WHERE e.rule <> 'finding'`,
};

const ZONES = { name: 'zones-to-evaluate', text: `SELECT ${zonesOf('$1')} AS zones` };

/** A patient who is looked at, and how much of the past that takes. */
interface Looking {
  readonly patientId: string;
  readonly window: EvaluationWindow;
}

export interface Past {
  /** Every sample of the window, and those before it on the same local day. */
  readonly series: GlucoseSeries;
  /** Episodes that are open, and those that the evaluation replaces. */
  readonly stored: readonly StoredAlert[];
}

/** What an evaluation reads. */
@Injectable()
export class EvaluationRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The past of some patients, in two statements however many they are. */
  async pastOf<T extends Looking>(manager: EntityManager, looking: readonly T[]): Promise<(T & Past)[]> {
    const since = (instant: (window: EvaluationWindow) => number) => [
      looking.map(({ patientId }) => patientId),
      looking.map(({ window }) => instant(window)),
    ];
    const days = seriesByPatient(
      await queryPreparedIn<PackedDay & Owned>(
        manager,
        SAMPLES_SINCE,
        since(({ loadFrom }) => loadFrom),
      ),
    );
    const episodes = byPatient(
      await queryPreparedIn<StoredAlert & Owned>(
        manager,
        EPISODES,
        since(({ replacesAfter }) => replacesAfter),
      ),
    );
    return looking.map((one) => ({
      ...one,
      series: days.get(one.patientId) ?? unpackDays([]),
      stored: episodes.get(one.patientId) ?? [],
    }));
  }

  async seriesFrom(manager: EntityManager, patientId: string, from: number): Promise<GlucoseSeries> {
    return unpackDays(await queryPreparedIn<PackedDay>(manager, SAMPLES_SINCE, [[patientId], [from]]));
  }

  async zonesOf(patientId: string): Promise<ZoneHistory> {
    const [row] = await queryPrepared<{ zones: ZoneRows }>(this.dataSource, ZONES, [patientId]);
    return toZoneHistory(row?.zones ?? null);
  }
}
