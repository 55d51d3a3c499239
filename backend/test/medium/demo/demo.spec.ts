import { openDemo } from './setup.js';

jest.setTimeout(120_000);

/** Alice, Bob and Carol: enough to see every path but the silent one's. */
const FEW = { patients: 3 };
const NOW = '2026-06-15T12:02:30Z';

let demo: Awaited<ReturnType<typeof openDemo>>;
beforeAll(async () => {
  demo = await openDemo(NOW);
});
afterAll(() => demo?.close());

interface Row {
  readonly display_name: string;
  readonly readings: number;
  readonly days: number;
  readonly first: Date;
  readonly last: Date;
}

const clinic = () =>
  demo.query<Row>(
    `SELECT p.display_name, count(*)::int AS readings, min(r.measured_at) AS first, max(r.measured_at) AS last,
       (SELECT count(*)::int FROM glucose_days d WHERE d.patient_id = p.id) AS days
     FROM patients p JOIN glucose_readings r ON r.patient_id = p.id GROUP BY p.id ORDER BY p.display_name`,
  );

/** One digest over every stored reading. */
const snapshot = async () => {
  const [row] = await demo.query<{ digest: string }>(
    `SELECT md5(string_agg(concat_ws(' ', patient_id, measured_at, tenths, flags), E'\n'
       ORDER BY patient_id, measured_at, source_id)) AS digest FROM glucose_readings`,
  );
  return row?.digest;
};

const recordCounts = async () => {
  const rows = await demo.query<{ kind: string; count: number }>(
    'SELECT kind, count(*)::int AS count FROM records GROUP BY kind ORDER BY kind',
  );
  return Object.fromEntries(rows.map(({ kind, count }) => [kind, count]));
};

describe('the demo clinic', () => {
  it('is seeded with ninety days of readings for each patient', async () => {
    const messages: string[] = [];
    const report = await demo.seed.seed({ ...FEW, onProgress: (message) => messages.push(message) });
    expect(report).toMatchObject({ seeded: 3, patients: 3 });
    expect(messages.at(-1)).toBe('demo clinic: 3 of 3 patients');
    const rows = await clinic();
    expect(rows.map((row) => row.display_name)).toEqual(['Alice Thompson', 'Bob Martinez', 'Carol Chen']);
    for (const { readings, days, first, last } of rows) {
      expect(readings).toBeGreaterThan(24_000);
      expect(days).toBeGreaterThanOrEqual(90);
      expect(first.toISOString().slice(0, 10)).toBe('2026-03-17');
      expect(last.getTime()).toBeLessThanOrEqual(Date.parse(NOW));
    }
    expect(report.readings).toBe(rows.reduce((sum, row) => sum + row.readings, 0));
  });

  it.each([
    ['Alice Thompson', 85],
    ['Bob Martinez', 60],
    ['Carol Chen', 75],
  ])('shows %s with about %d percent in range over ninety days', async (name, goal) => {
    const [row] = await demo.query<{ share: number }>(
      `SELECT 100.0 * sum(d.in_range) / sum(d.count) AS share
       FROM glucose_days d JOIN patients p ON p.id = d.patient_id WHERE p.display_name = $1`,
      [name],
    );
    expect(Math.abs(Number(row?.share) - goal)).toBeLessThan(4);
  });

  it('lets the clinician, the administrator and Alice sign in, and no more than their part', async () => {
    const login = async (email: string) => {
      const { body } = await demo.http
        .post('/api/v1/auth/login')
        .send({ email, password: 'glucolens-demo' })
        .expect(200);
      return `Bearer ${body.accessToken}`;
    };
    const panel = await demo.http
      .get('/api/v1/patients')
      .set('authorization', await login('clinician@demo.glucolens.dev'))
      .expect(200);
    expect(panel.body.items).toHaveLength(3);
    const mine = await demo.http
      .get('/api/v1/patients/me')
      .set('authorization', await login('alice@demo.glucolens.dev'))
      .expect(200);
    expect(mine.body).toMatchObject({ displayName: 'Alice Thompson', synthetic: true });
    const admin = await demo.http
      .get('/api/v1/auth/me')
      .set('authorization', await login('admin@demo.glucolens.dev'))
      .expect(200);
    expect(admin.body.isPlatformAdmin ?? false).toBe(false);
  });

  it('keeps insulin, meals, sleep and activity as records, none of them from the future', async () => {
    const counts = await recordCounts();
    expect(Object.keys(counts)).toEqual(['activities', 'insulin-doses', 'meals', 'sleep']);
    expect(counts['meals']).toBeGreaterThan(3 * 90 * 3);
    expect(counts['sleep']).toBeGreaterThan(3 * 85);
    const ahead = await demo.query('SELECT FROM records WHERE coalesce(ends_at, starts_at) > $1', [NOW]);
    expect(ahead).toEqual([]);
  });

  it('knows where its sensors were wrong', async () => {
    const kinds = await demo.query<{ kind: string }>('SELECT DISTINCT kind FROM demo_artefacts ORDER BY kind');
    expect(kinds.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['compression-low', 'signal-loss', 'warm-up']),
    );
  });

  it('does nothing when it is seeded again', async () => {
    const before = [await snapshot(), await recordCounts()];
    await expect(demo.seed.seed(FEW)).resolves.toEqual({ seeded: 0, patients: 3, readings: 0 });
    expect([await snapshot(), await recordCounts()]).toEqual(before);
  });

  it('is finished by the worker where no command can be run, unless somebody is at it', async () => {
    const before = await snapshot();
    await demo.query(
      'DELETE FROM glucose_readings WHERE patient_id = (SELECT patient_id FROM demo_simulations WHERE place = 2)',
    );
    await demo.query('UPDATE demo_simulations SET state = NULL WHERE place = 2');
    const other = demo.dataSource.createQueryRunner();
    await other.query('SELECT pg_advisory_lock(4712026002)');
    await demo.seed.seedIfMissing(FEW);
    expect(await snapshot()).not.toEqual(before);
    await other.query('SELECT pg_advisory_unlock(4712026002)');
    await other.release();
    await demo.seed.seedIfMissing(FEW);
    expect(await snapshot()).toEqual(before);
  });

  it('finishes a patient whose seeding was killed, with the same readings', async () => {
    const before = await snapshot();
    await demo.query(`DELETE FROM glucose_readings WHERE measured_at > '2026-05-01' AND patient_id =
      (SELECT patient_id FROM demo_simulations WHERE place = 1)`);
    await demo.query('UPDATE demo_simulations SET state = NULL WHERE place = 1');
    demo.clock.stopAt('2026-06-15T12:20:00Z');
    await expect(demo.seed.seed(FEW)).resolves.toMatchObject({ seeded: 1 });
    expect(await snapshot()).toEqual(before);
  });

  it('goes on, and what one long pause brings equals what many feeds bring', async () => {
    demo.clock.stopAt('2026-06-15T12:30:00Z');
    expect(await demo.feed.feed()).toBeGreaterThanOrEqual(12);
    expect(await demo.feed.feed()).toBe(0);
    const [branch] = await demo.query<{ state: unknown; simulated_to: Date }>(
      'SELECT state, simulated_to FROM demo_simulations WHERE place = 0',
    );

    for (let minute = 35; minute <= 55; minute += 5) {
      demo.clock.stopAt(`2026-06-15T12:${minute}:00Z`);
      await demo.feed.feed();
    }
    demo.clock.stopAt('2026-06-17T18:00:00Z');
    await demo.feed.feed();
    const stepwise = await snapshot();

    await demo.query(`DELETE FROM glucose_readings WHERE measured_at > '2026-06-15T12:30:00Z' AND patient_id =
      (SELECT patient_id FROM demo_simulations WHERE place = 0)`);
    await demo.query('UPDATE demo_simulations SET state = $1, simulated_to = $2 WHERE place = 0', [
      JSON.stringify(branch?.state),
      branch?.simulated_to,
    ]);
    await demo.feed.feed();
    expect(await snapshot()).toEqual(stepwise);
  });

  it('stores nothing twice when two feeds run at once', async () => {
    demo.clock.stopAt('2026-06-18T06:00:00Z');
    await Promise.all([demo.feed.feed(), demo.feed.feed()]);
    const [row] = await demo.query<{ latest: Date; same: boolean }>(
      `SELECT max(measured_at) AS latest, count(*) = count(DISTINCT (patient_id, measured_at)) AS same FROM glucose_readings`,
    );
    expect(row?.same).toBe(true);
    expect(row?.latest.getTime()).toBeLessThanOrEqual(Date.parse('2026-06-18T06:00:00Z'));
    expect(row?.latest.getTime()).toBeGreaterThan(Date.parse('2026-06-18T05:50:00Z'));
  });

  it('leaves a silent patient silent', async () => {
    await demo.query('UPDATE demo_simulations SET silent = true WHERE place = 2');
    const last = () =>
      demo.query(
        'SELECT max(measured_at) FROM glucose_readings r JOIN demo_simulations s USING (patient_id) WHERE place = 2',
      );
    const before = await last();
    demo.clock.stopAt('2026-06-18T12:00:00Z');
    await demo.feed.feed();
    expect(await last()).toEqual(before);
  });

  it('feeds the others although one cannot be fed, and says so', async () => {
    await demo.query(`UPDATE demo_simulations SET state = '{"version": 0}' WHERE place = 0`);
    demo.clock.stopAt('2026-06-18T18:00:00Z');
    await expect(demo.feed.feed()).rejects.toThrow('another version');
    const rows = await demo.query<{ place: number; reached: Date }>(
      'SELECT place, simulated_to AS reached FROM demo_simulations ORDER BY place',
    );
    expect(rows.map(({ reached }) => reached.toISOString().slice(0, 16))).toEqual([
      '2026-06-18T12:00',
      '2026-06-18T18:00',
      '2026-06-18T06:00',
    ]);
  });
});
