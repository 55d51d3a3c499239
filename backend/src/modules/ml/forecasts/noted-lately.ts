import type { PreparedStatement } from '../../../database/prepared.js';
import { intakeOf, type NotedIntake } from '../../../domain/forecasting/on-board.js';

export interface NotedRow {
  readonly kind: 'insulin-doses' | 'meals' | 'activities';
  readonly from: number;
  readonly until: number | null;
  readonly type: string | null;
  readonly units: number | null;
  readonly carbsGrams: number | null;
}

/** What some patients noted between two instants, ascending. */
export const NOTED_LATELY: PreparedStatement = {
  name: 'noted-lately',
  text: `
    SELECT wanted.id AS "patientId", noted.* FROM unnest($1::uuid[]) AS wanted (id)
    CROSS JOIN LATERAL (
      SELECT kind, extract(epoch FROM starts_at)::float8 AS "from", extract(epoch FROM ends_at)::float8 AS "until",
        body ->> 'insulinType' AS type, (body ->> 'doseUnits')::float8 AS units,
        (body ->> 'carbsGrams')::float8 AS "carbsGrams"
      FROM records
      WHERE patient_id = wanted.id AND kind = ANY ('{insulin-doses,meals,activities}')
        AND starts_at BETWEEN to_timestamp($2::float8) AND to_timestamp($3::float8)
      ORDER BY starts_at, kind, client_id
    ) noted`,
};

export function intakeFrom(rows: readonly NotedRow[]): NotedIntake {
  const of = (kind: NotedRow['kind']) => rows.filter((row) => row.kind === kind);
  return intakeOf({
    doses: of('insulin-doses').map(({ from, ...dose }) => ({ ...dose, instant: from })),
    meals: of('meals').map(({ from, ...meal }) => ({ ...meal, instant: from })),
    activities: of('activities'),
  });
}
