import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { RuleCode } from '../../domain/alerts/settings.js';

/** What came of one rule's alerts. Shares are percent, `null` where there was none to act on. */
export interface RuleStatistics {
  readonly rule: RuleCode;
  readonly alerts: number;
  readonly sounded: number;
  readonly actedOnPercent: number | null;
  readonly markedFalsePercent: number | null;
  readonly medianSecondsToAcknowledge: number | null;
}

const STATISTICS = `
  WITH alert AS (
    SELECT e.rule, e.marked_false_at IS NOT NULL AS is_false, told.at IS NOT NULL AS has_sounded,
      EXISTS (SELECT FROM alert_events t WHERE t.patient_id = e.patient_id AND t.episode_id = e.id
        AND t.kind IN ('acknowledged', 'snoozed', 'escalated', 'marked-false')) AS is_acted_on,
      extract(epoch FROM answered.at - coalesce(told.at, e.detected_at)) AS seconds
    FROM alert_episodes e
    CROSS JOIN LATERAL (SELECT min(s.decided_at) AS at FROM alert_soundings s
      WHERE s.patient_id = e.patient_id AND s.episode_id = e.id AND s.decision = 'sound') told
    CROSS JOIN LATERAL (SELECT min(a.at) AS at FROM alert_acknowledgements a
      WHERE a.patient_id = e.patient_id AND a.episode_id = e.id) answered
    WHERE e.patient_id = $1 AND e.opened_at >= $2 AND e.voided_at IS NULL
  )
  SELECT rule, count(*)::int AS alerts, (count(*) FILTER (WHERE has_sounded))::int AS sounded,
    (100.0 * count(*) FILTER (WHERE is_acted_on) / count(*))::float8 AS "actedOnPercent",
    (100.0 * count(*) FILTER (WHERE is_false) / count(*))::float8 AS "markedFalsePercent",
    percentile_cont(0.5) WITHIN GROUP (ORDER BY greatest(0, seconds))
      FILTER (WHERE seconds IS NOT NULL)::float8 AS "medianSecondsToAcknowledge"
  FROM alert GROUP BY rule`;

/** What alerts are good for: how many there are, and what people do about them. */
@Injectable()
export class StatisticsRepository {
  constructor(private readonly dataSource: DataSource) {}

  async of(patientId: string, since: Date): Promise<RuleStatistics[]> {
    return this.dataSource.query<RuleStatistics[]>(STATISTICS, [patientId, since]);
  }
}
