import { newAlert } from '../factories/alerts.js';
import { newClinic, newGrant, newPatient, newPatientUser } from '../factories/patients.js';
import { newMember, newUser, type NewUser } from '../factories/people.js';
import { createTestApp, type TestApp } from '../support/app.js';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
});
afterEach(() => api.clock.run());
afterAll(() => api.close());

const get = (user: NewUser, path: string) => api.http.get(`/api/v1/${path}`).set('authorization', user.bearer);
const post = (user: NewUser, path: string, body?: object) => {
  const request = api.http.post(`/api/v1/${path}`).set('authorization', user.bearer);
  return body ? request.send(body) : request;
};
const undo = (user: NewUser, path: string) => api.http.delete(`/api/v1/${path}`).set('authorization', user.bearer);

const minutesAgo = (minutes: number): Date => new Date(api.clock.now().getTime() - minutes * 60_000);
const setSeverity = (alertId: string, severity: string) =>
  api.dataSource.query('UPDATE alert_episodes SET severity = $2 WHERE id = $1', [alertId, severity]);
const close = (alertId: string) =>
  api.dataSource.query(`UPDATE alert_episodes SET closed_at = last_at, closed_by = 'recovered' WHERE id = $1`, [
    alertId,
  ]);
const kinds = (body: { timeline: { kind: string }[] }) => body.timeline.map(({ kind }) => kind);

describe('the inbox', () => {
  it('shows the open alerts of everybody the caller may read, unacknowledged and grave ones first, page by page', async () => {
    const { organisationId, clinician, patient } = await newClinic(api.dataSource, { displayName: 'Ada' });
    const other = await newPatient(api.dataSource, { organisationId, displayName: 'Bea' });
    await newAlert(api.dataSource, (await newClinic(api.dataSource)).patient.id);
    const low = await newAlert(api.dataSource, patient.id, { openedAt: minutesAgo(30) });
    const urgent = await newAlert(api.dataSource, other.id, {
      rule: 'urgent-low',
      severity: 'urgent',
      openedAt: minutesAgo(40),
    });
    const later = await newAlert(api.dataSource, other.id, { rule: 'high', openedAt: minutesAgo(5) });
    await newAlert(api.dataSource, patient.id, { rule: 'high', openedAt: minutesAgo(90), closedAt: minutesAgo(50) });

    const order = async (query = '') =>
      (await get(clinician, `alerts${query}`).expect(200)).body.items.map((item: { id: string }) => item.id);
    expect(await order()).toEqual([urgent.id, later.id, low.id]);
    await post(clinician, `alerts/${urgent.id}/acknowledge`).expect(200);
    expect(await order()).toEqual([later.id, low.id, urgent.id]);
    expect(await order('?state=unacknowledged')).toEqual([later.id, low.id]);
    expect(await order('?state=all')).toHaveLength(4);
    expect(await order('?severity=urgent')).toEqual([urgent.id]);
    expect(await order(`?patientId=${patient.id}`)).toEqual([low.id]);

    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const { body } = await get(clinician, `alerts?state=all&limit=1${cursor}`).expect(200);
      seen.push(...body.items.map((item: { id: string }) => item.id));
      expect(body.counts).toEqual({ open: 3, unacknowledged: 2, urgent: 1, warning: 2, info: 0 });
      if (body.nextCursor === null) break;
      cursor = `&cursor=${body.nextCursor}`;
    }
    expect(seen).toEqual(await order('?state=all'));
  });

  it('leaves one row for all patients it showed to another person, and none for the own record', async () => {
    const { organisationId, clinician, patient } = await newClinic(api.dataSource);
    const other = await newPatient(api.dataSource, { organisationId });
    const own = await newPatient(api.dataSource, { userId: clinician.id });
    for (const { id } of [patient, other, own]) await newAlert(api.dataSource, id);
    await newAlert(api.dataSource, patient.id, { rule: 'high' });
    const { headers } = await get(clinician, 'alerts').expect(200);
    const rows = await api.dataSource.query('SELECT patient_ids, action FROM audit_events WHERE request_id = $1', [
      headers['x-request-id'],
    ]);
    expect(rows).toEqual([{ patient_ids: expect.arrayContaining([patient.id, other.id]), action: 'GET /alerts' }]);
    expect(rows[0].patient_ids).toHaveLength(2);
  });

  it('shows nothing to an administrator of the organisation', async () => {
    const { organisationId, patient } = await newClinic(api.dataSource);
    const admin = await newMember(api.dataSource, 'admin', organisationId);
    const { id } = await newAlert(api.dataSource, patient.id);
    expect((await get(admin, 'alerts')).body.items).toEqual([]);
    await get(admin, `alerts/${id}`).expect(403);
  });

  it('refuses a cursor of its own making', async () => {
    const user = await newUser(api.dataSource);
    const { body } = await get(user, 'alerts?cursor=abc').expect(422);
    expect(body.errors[0].path).toBe('cursor');
  });
});

describe('an alert', () => {
  it('is not to be found for those who may not see the patient, as one that does not exist', async () => {
    const { patient } = await newClinic(api.dataSource);
    const { id } = await newAlert(api.dataSource, patient.id);
    const stranger = await newUser(api.dataSource);
    const hidden = await get(stranger, `alerts/${id}`).expect(404);
    const absent = await get(stranger, `alerts/${patient.id}`).expect(404);
    expect([hidden.body.code, hidden.body.detail]).toEqual([absent.body.code, absent.body.detail]);
    await post(stranger, `alerts/${id}/acknowledge`).expect(404);
    await get(stranger, 'alerts/not-an-id').expect(404);
  });

  it('is acknowledged by each person once, and stands in the timeline', async () => {
    const { clinician, patient } = await newClinic(api.dataSource);
    const friend = await newUser(api.dataSource, { displayName: 'Fay' });
    await newGrant(api.dataSource, patient.id, friend.id);
    const { id } = await newAlert(api.dataSource, patient.id);
    const both = await Promise.all(
      [clinician, friend, clinician, friend].map((user) => post(user, `alerts/${id}/acknowledge`)),
    );
    expect(both.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const { body } = await get(friend, `alerts/${id}`).expect(200);
    expect(body).toMatchObject({ acknowledged: true, state: 'open', severity: 'warning' });
    expect(body.acknowledgements.map((one: { by: { id: string } }) => one.by.id).sort()).toEqual(
      [clinician.id, friend.id].sort(),
    );
    expect(kinds(body)).toEqual(['acknowledged', 'acknowledged']);
    expect(body.timeline[0].by.displayName).toEqual(expect.any(String));
  });

  it('asks again when it gets graver, and does not take an acknowledgement of what it was', async () => {
    const { clinician, patient } = await newClinic(api.dataSource);
    const { id } = await newAlert(api.dataSource, patient.id);
    const first = await post(clinician, `alerts/${id}/acknowledge`, { severity: 'warning' }).expect(200);
    expect(first.body.acknowledged).toBe(true);
    await setSeverity(id, 'urgent');
    expect((await get(clinician, `alerts/${id}`)).body.acknowledged).toBe(false);
    const late = await post(clinician, `alerts/${id}/acknowledge`, { severity: 'warning' }).expect(409);
    expect(late.body.code).toBe('ALERT_GRAVER');
    const again = await post(clinician, `alerts/${id}/acknowledge`, { severity: 'urgent' }).expect(200);
    expect(again.body).toMatchObject({ acknowledged: true });
    expect(again.body.acknowledgements.map((one: { severity: string }) => one.severity)).toEqual(['warning', 'urgent']);
  });

  it('that is over can still be acknowledged, but neither snoozed nor escalated', async () => {
    const { clinician, patient } = await newClinic(api.dataSource);
    const { id } = await newAlert(api.dataSource, patient.id);
    await close(id);
    expect((await post(clinician, `alerts/${id}/acknowledge`).expect(200)).body.state).toBe('closed');
    for (const act of ['snooze', 'escalate']) {
      const { body } = await post(clinician, `alerts/${id}/${act}`, { minutes: 5 }).expect(409);
      expect(body.code).toBe('ALERT_OVER');
    }
  });

  it('is snoozed for the caller alone, until its time, a graver alert or the undo', async () => {
    const { clinician, patient } = await newClinic(api.dataSource);
    const friend = await newUser(api.dataSource);
    await newGrant(api.dataSource, patient.id, friend.id);
    const { id } = await newAlert(api.dataSource, patient.id);
    api.clock.advance(0);
    const snoozed = await post(clinician, `alerts/${id}/snooze`, { minutes: 30 }).expect(200);
    expect(snoozed.body.snoozedUntil).toBe(minutesAgo(-30).toISOString());
    expect((await get(friend, `alerts/${id}`)).body).toMatchObject({ snoozedUntil: null, snoozes: [{ rule: 'low' }] });

    await setSeverity(id, 'urgent');
    expect((await get(clinician, `alerts/${id}`)).body.snoozedUntil).toBeNull();
    await setSeverity(id, 'warning');
    const longer = minutesAgo(-60).toISOString();
    expect((await post(clinician, `alerts/${id}/snooze`, { until: longer })).body.snoozedUntil).toBe(longer);

    const ended = await undo(clinician, `alerts/${id}/snooze`).expect(200);
    expect(ended.body.snoozedUntil).toBeNull();
    await undo(clinician, `alerts/${id}/snooze`).expect(200);
    expect(kinds((await get(clinician, `alerts/${id}`)).body)).toEqual(['snoozed', 'snoozed', 'snooze-ended']);
  });

  it.each([
    [{}, 'minutes'],
    [{ minutes: 30, until: '2030-01-01T00:00:00Z' }, 'minutes'],
    [{ minutes: 1441 }, 'minutes'],
    [{ until: '2020-01-01T00:00:00Z' }, 'until'],
    [{ until: '2099-01-01T00:00:00Z' }, 'until'],
  ])('is not snoozed with %j', async (body, path) => {
    const person = await newPatientUser(api.dataSource);
    const { id } = await newAlert(api.dataSource, person.patientId);
    const answer = await post(person, `alerts/${id}/snooze`, body).expect(422);
    expect(answer.body.errors[0].path).toBe(path);
  });

  it('is escalated once for each severity', async () => {
    const { clinician, patient } = await newClinic(api.dataSource);
    const { id } = await newAlert(api.dataSource, patient.id);
    await post(clinician, `alerts/${id}/escalate`).expect(200);
    expect(kinds((await post(clinician, `alerts/${id}/escalate`)).body)).toEqual(['escalated']);
    await setSeverity(id, 'urgent');
    expect(kinds((await post(clinician, `alerts/${id}/escalate`)).body)).toEqual(['escalated', 'escalated']);
  });

  it('is marked false and the mark taken back, and asks again when it gets graver', async () => {
    const { clinician, patient } = await newClinic(api.dataSource);
    const { id } = await newAlert(api.dataSource, patient.id);
    const marked = await post(clinician, `alerts/${id}/mark-false`).expect(200);
    expect(marked.body).toMatchObject({ acknowledged: true, markedFalse: { by: { id: clinician.id } } });
    await setSeverity(id, 'urgent');
    expect((await get(clinician, `alerts/${id}`)).body.acknowledged).toBe(false);
    const unmarked = await undo(clinician, `alerts/${id}/mark-false`).expect(200);
    expect(unmarked.body.markedFalse).toBeNull();
    expect(kinds(unmarked.body)).toEqual(['acknowledged', 'marked-false', 'unmarked-false']);
  });
});

describe('the alerts of a patient', () => {
  it('come oldest first, from an instant to another, page by page', async () => {
    const person = await newPatientUser(api.dataSource);
    const at = [300, 200, 100].map(minutesAgo);
    for (const openedAt of at) {
      await newAlert(api.dataSource, person.patientId, { openedAt, closedAt: new Date(openedAt.getTime() + 60_000) });
    }
    const openings = async (query: string) =>
      (await get(person, `patients/me/alerts${query}`).expect(200)).body.items.map(
        (item: { openedAt: string }) => item.openedAt,
      );
    const all = at.map((instant) => instant.toISOString());
    expect(await openings('')).toEqual(all);
    expect(await openings(`?from=${all[1]}&to=${all[2]}`)).toEqual([all[1]]);
    expect(await openings('?state=open')).toEqual([]);
    const first = await get(person, 'patients/me/alerts?limit=2').expect(200);
    expect(await openings(`?limit=2&cursor=${first.body.nextCursor}`)).toEqual([all[2]]);
  });
});
