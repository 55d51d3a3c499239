const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const ROWS = 60;

export default {
  name: 'client-clock-ahead',
  title: "a client's clock is an hour ahead",
  async run(scene) {
    const api = await scene.start('api');
    const load = scene.load({ target: () => api.url });
    await load.flows();
    const person = scene.people.at(-1);
    const now = Date.now();
    // An upload of the last hour by a clock that runs an hour ahead: the newest rows lie in the future.
    const rows = Array.from({ length: ROWS }, (_, row) => ({
      measuredAt: new Date(now + HOUR_MS - row * 2 * MINUTE_MS).toISOString(),
      value: 100,
      unit: 'mg/dL',
    }));
    const ahead = rows.filter(({ measuredAt }) => Date.parse(measuredAt) > now + 11 * MINUTE_MS).length;
    const answer = await send(api.url, person, { readings: rows });
    const report = await answer.json();
    const refused = report.rejected?.filter(({ code }) => code === 'AHEAD_OF_TIME') ?? [];
    scene.expect(answer.status === 200, `the upload was answered ${answer.status}`);
    scene.expect(refused.length >= ahead && refused.length < ROWS, `${refused.length} rows were refused`);
    scene.expect(report.accepted + refused.length === ROWS, `${report.accepted} rows were accepted`);

    const single = await send(api.url, person, rows[0]);
    scene.expect(single.status === 422, `a single reading an hour ahead was answered ${single.status}`);
    const [stored] = await scene.query(
      `SELECT (SELECT count(*)::int FROM glucose_readings WHERE patient_id = $1) AS rows,
         (SELECT rejected_ahead FROM patient_ingest WHERE patient_id = $1) AS counted`,
      [person.patientId],
    );
    scene.expect(stored.rows === report.accepted, `${stored.rows} rows are stored of ${report.accepted} accepted`);
    scene.expect(stored.counted === refused.length + 1, `${stored.counted} rows are counted as ahead`);
    const counts = await scene.settle(load);
    return {
      happened: `${refused.length + 1} rows refused one by one and counted, ${report.accepted} accepted`,
      ...counts,
    };
  },
};

function send(url, { patientId, token }, body) {
  return fetch(`${url}/api/v1/patients/${patientId}/readings`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}
