const FIVE_MINUTES_MS = 300_000;
const HEADER = 'Index,Timestamp (YYYY-MM-DDThh:mm:ss),Event Type,Event Subtype,Source Device ID,Glucose Value (mg/dL)';

/** A Clarity export of so many readings, five minutes apart, the last one a day ago. */
export function clarityExport(rows) {
  const start = Math.floor(Date.now() / FIVE_MINUTES_MS) * FIVE_MINUTES_MS - (rows + 288) * FIVE_MINUTES_MS;
  const lines = Array.from({ length: rows }, (_, row) => {
    const time = new Date(start + row * FIVE_MINUTES_MS).toISOString().slice(0, 19);
    return `${row},${time},EGV,,phone A,${80 + (row % 120)}`;
  });
  return [HEADER, ...lines, ''].join('\n');
}

/** Uploads a file as a browser would and answers status and body. */
export async function upload(url, { patientId, token }, text) {
  const form = new FormData();
  form.append('timeZone', 'UTC');
  form.append('file', new Blob([text], { type: 'text/csv' }), 'export.csv');
  const answer = await fetch(`${url}/api/v1/patients/${patientId}/imports`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: form,
  });
  return { status: answer.status, body: await answer.json() };
}

export async function importReport(url, { token }, id) {
  const answer = await fetch(`${url}/api/v1/imports/${id}`, { headers: { authorization: `Bearer ${token}` } });
  return answer.json();
}
