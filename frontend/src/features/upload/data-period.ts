const DAY_MS = 86_400_000;
const DAYS_SHOWN = 14;

/** The last two weeks of what a file brought, as the query of the patient's page. `to` is exclusive. */
export function dataPeriod(firstMeasuredAt: string, lastMeasuredAt: string): URLSearchParams {
  const to = Date.parse(lastMeasuredAt) + 1000;
  const from = Math.max(Date.parse(firstMeasuredAt), to - DAYS_SHOWN * DAY_MS);
  return new URLSearchParams({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });
}
