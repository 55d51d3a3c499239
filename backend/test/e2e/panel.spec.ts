import { newClinic, newPatient, newPatientUser } from '../factories/patients.js';
import { LOW_RISK_VERSION } from '../../src/domain/patterns/risk/low-risk.js';
import { createTestApp, type TestApp } from '../support/app.js';

const NOW = '2026-06-15T10:00:00Z';

describe('the patients a clinician sees', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(() => test.close());
  beforeEach(() => test.clock.stopAt(NOW));
  afterEach(() => test.clock.run());

  /** A reading every 15 minutes over `days` days up to `endsHoursAgo`. */
  async function wear(patientId: string, bearer: string, days: number, mgdl: (i: number) => number, endsHoursAgo = 0) {
    const end = Date.parse(NOW) - endsHoursAgo * 3_600_000;
    const count = days * 96;
    const rows = Array.from({ length: count }, (_, i) => ({
      measuredAt: new Date(end - (count - i) * 900_000).toISOString(),
      value: mgdl(i),
      unit: 'mg/dL',
    }));
    await test.http
      .post(`/api/v1/patients/${patientId}/readings`)
      .set('authorization', bearer)
      .send({ readings: rows })
      .expect(200);
  }

  const panel = async (bearer: string, query = '') =>
    (await test.http.get(`/api/v1/patients${query}`).set('authorization', bearer).expect(200)).body;

  async function clinicOfFive() {
    const { clinician, organisationId, patient } = await newClinic(test.dataSource, { displayName: 'Quiet Quinn' });
    const add = (displayName: string) => newPatient(test.dataSource, { organisationId, displayName });
    const [low, high, fine, silent] = [
      await add('Low Lee'),
      await add('High Hal'),
      await add('Fine Fay'),
      await add('Silent Sam'),
    ];
    await wear(low.id, clinician.bearer, 14, (i) => (i % 20 === 0 ? 50 : 120));
    await wear(high.id, clinician.bearer, 14, (i) => (i % 3 === 0 ? 260 : 150));
    await wear(fine.id, clinician.bearer, 14, (i) => 100 + (i % 30));
    await wear(silent.id, clinician.bearer, 14, () => 130, 72);
    return { clinician, patient, low, high, fine, silent };
  }

  it('stands the most urgent first, each with its reason in words', async () => {
    const { clinician } = await clinicOfFive();
    const { items, counts, nextCursor } = await panel(clinician.bearer);
    expect(items.map((item: { displayName: string }) => item.displayName)).toEqual([
      'Low Lee',
      'High Hal',
      'Silent Sam',
      'Quiet Quinn',
      'Fine Fay',
    ]);
    expect(items[0].flags[0]).toMatchObject({ code: 'very-low', percent: expect.closeTo(5, 0) });
    expect(items[0].flags[0].text).toContain('below 54 mg/dL');
    expect(items[1].flags.map((flag: { code: string }) => flag.code)).toEqual(['very-high', 'high', 'range']);
    expect(items[2].flags[0]).toMatchObject({ code: 'silent', text: 'No reading for 72 hours' });
    expect(items[3]).toMatchObject({ lastReading: null, flags: [{ code: 'no-data' }] });
    expect(items[4].flags).toEqual([]);
    expect(counts).toMatchObject({ all: 5, onTarget: 1, 'very-low': 1, silent: 1, 'no-data': 1 });
    expect(nextCursor).toBeNull();
  });

  it('filters by flag and by name, and pages without a gap or a repeat', async () => {
    const { clinician } = await clinicOfFive();
    const names = async (query: string) =>
      (await panel(clinician.bearer, query)).items.map((item: { displayName: string }) => item.displayName);
    expect(await names('?flag=silent')).toEqual(['Silent Sam']);
    expect(await names('?flag=on-target')).toEqual(['Fine Fay']);
    expect(await names('?query=LEE')).toEqual(['Low Lee']);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { items: { displayName: string }[]; nextCursor: string | null } = await panel(
        clinician.bearer,
        `?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      seen.push(...page.items.map((item) => item.displayName));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(await names(''));
  });

  it('sorts and filters by the chance of lows, which moves nobody in the order of urgency', async () => {
    const { clinician, low, high, fine, silent } = await clinicOfFive();
    const before = (await panel(clinician.bearer)).items.map(({ id }: { id: string }) => id);
    const tell = (patientId: string, chance: number | null, windowTo = '2026-06-15T00:00:00Z') =>
      test.dataSource.query(
        `INSERT INTO low_risk_hints (patient_id, window_to, computed_at, version, chance) VALUES ($1, $2, $2, $3, $4)`,
        [patientId, windowTo, LOW_RISK_VERSION, chance],
      );
    await tell(fine.id, 0.75);
    await tell(high.id, 0.25);
    await tell(low.id, 0.9, '2026-06-12T00:00:00Z');
    await tell(silent.id, 0.8);

    const { items, counts, lowRiskTrust } = await panel(clinician.bearer);
    expect(items.map(({ id }: { id: string }) => id)).toEqual(before);
    const told = Object.fromEntries(items.map((item: { id: string; lowRisk: object }) => [item.id, item.lowRisk]));
    const at = '2026-06-15T00:00:00.000Z';
    expect(told[fine.id]).toEqual({ chance: 0.75, firstDay: '2026-06-15', computedAt: at });
    expect(told[low.id]).toEqual({ unavailable: 'stale' });
    expect(told[silent.id]).toEqual({ unavailable: 'stale' });
    expect(counts['lowsLikely']).toBe(1);
    expect(lowRiskTrust.events).toBeGreaterThan(0);

    const sorted = (await panel(clinician.bearer, '?sort=low-risk')).items;
    expect(sorted.map(({ displayName }: { displayName: string }) => displayName)).toEqual([
      'Fine Fay',
      'High Hal',
      'Low Lee',
      'Silent Sam',
      'Quiet Quinn',
    ]);
    const likely = (await panel(clinician.bearer, '?flag=lows-likely')).items;
    expect(likely.map(({ id }: { id: string }) => id)).toEqual([fine.id]);
  });

  it('writes one audit row that each patient shown can read', async () => {
    const { clinician, low } = await clinicOfFive();
    await panel(clinician.bearer, '?query=Low');
    const rows: { action: string; patient_ids: string[] }[] = await test.dataSource.query(
      'SELECT action, patient_ids FROM audit_events WHERE actor_user_id = $1 ORDER BY id DESC LIMIT 1',
      [clinician.id],
    );
    expect(rows).toEqual([{ action: 'GET /patients', patient_ids: [low.id] }]);
  });

  it('shows a patient only the own record, and leaves no audit row for it', async () => {
    const own = await newPatientUser(test.dataSource);
    const { items } = await panel(own.bearer);
    expect(items.map((item: { id: string }) => item.id)).toEqual([own.patientId]);
    const [{ count }] = await test.dataSource.query(
      'SELECT count(*)::int AS count FROM audit_events WHERE actor_user_id = $1',
      [own.id],
    );
    expect(count).toBe(0);
  });

  it('refuses a cursor that it did not write', async () => {
    const { bearer } = await newPatientUser(test.dataSource);
    const response = await test.http.get('/api/v1/patients?cursor=made-up').set('authorization', bearer).expect(422);
    expect(response.body.errors[0].path).toBe('cursor');
  });
});
