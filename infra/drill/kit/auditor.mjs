const STORED = `
  SELECT patient_id || ' ' || round(extract(epoch FROM measured_at) * 1000)::text AS key, array_agg(tenths) AS tenths
  FROM glucose_readings WHERE patient_id = ANY($1::uuid[]) GROUP BY patient_id, measured_at`;

const IN_DAYS = `
  SELECT coalesce(sum(count), 0)::int AS count FROM glucose_days WHERE patient_id = ANY($1::uuid[])`;

/**
 * Holds the ledger against the tables. `lost`: acknowledged and not stored, or stored with another value. `doubled`:
 * rows beyond one an instant, rows nobody sent, and samples that the days count and nobody sent. The patients of a
 * ledger must have no readings of anybody else.
 */
export async function audit(query, ledger) {
  const patients = ledger.patientIds;
  const rows = await query(STORED, [patients]);
  const [days] = await query(IN_DAYS, [patients]);

  const unseen = new Map(rows.map(({ key, tenths }) => [key, tenths]));
  const result = { sent: ledger.sent, acknowledged: ledger.acknowledged, stored: 0, lost: 0, doubled: 0, findings: [] };
  for (const [key, tenths] of ledger.entries()) {
    const found = unseen.get(key);
    unseen.delete(key);
    if (found?.includes(tenths)) result.stored += 1;
    else if (ledger.isAcknowledged(key)) result.lost += 1;
    if (found) result.doubled += found.length - 1;
  }
  const strangers = unseen.size;
  result.doubled += strangers;
  const surplus = Math.max(0, days.count - ledger.sent - strangers);
  const missing = Math.max(0, rows.length - days.count);
  result.doubled += surplus;

  if (result.lost > 0) result.findings.push(`${result.lost} acknowledged readings are not stored`);
  if (strangers > 0) result.findings.push(`${strangers} stored readings were never sent`);
  if (result.doubled > strangers)
    result.findings.push(`${result.doubled - strangers} readings are stored or counted twice`);
  if (missing > 0) result.findings.push(`the days lack ${missing} of the stored readings`);
  return result;
}
