import { AuditService } from '../../src/modules/audit/audit.service.js';
import { newMember, newUser } from '../factories/people.js';
import { newClinic, newGrant } from '../factories/patients.js';
import { createTestApp, type TestApp } from '../support/app.js';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
});
afterAll(() => api.close());

const get = (caller: { bearer: string }, path: string) =>
  api.http.get(`/api/v1/${path}`).set('authorization', caller.bearer);

interface Entry {
  readonly actor: { readonly id: string };
  readonly action: string;
  readonly requestId: string;
  readonly at: string;
}

describe('who looked', () => {
  it('tells the patient of every look by another person, and of none of their own', async () => {
    const person = await newUser(api.dataSource);
    const { clinician, patient, organisationId } = await newClinic(api.dataSource, { userId: person.id });
    const admin = await newMember(api.dataSource, 'admin', organisationId);
    const guest = await newUser(api.dataSource);
    await newGrant(api.dataSource, patient.id, guest.id);
    const path = `patients/${patient.id}`;

    const look = await get(clinician, path).set('x-request-id', 'look-of-the-clinician').expect(200);
    expect(look.headers['x-request-id']).toBe('look-of-the-clinician');
    await get(guest, path).expect(200);
    await get(person, path).expect(200);
    await get(admin, `organisations/${organisationId}/patients`).expect(200);
    await get(admin, `${path}/audit`).expect(200);

    const { body } = await get(person, 'patients/me/audit').expect(200);
    expect(body.items.map((entry: Entry) => [entry.actor.id, entry.action])).toEqual([
      [clinician.id, 'GET /patients/{patientId}'],
      [guest.id, 'GET /patients/{patientId}'],
      [admin.id, 'GET /organisations/{organisationId}/patients'],
      [admin.id, 'GET /patients/{patientId}/audit'],
    ]);
    expect(body.items[0]).toMatchObject({
      requestId: 'look-of-the-clinician',
      actor: { displayName: clinician.displayName },
    });
    expect(body.nextCursor).toBeNull();
  });

  it('shows nothing where the look cannot be written down, also where it is written down meanwhile', async () => {
    const { clinician, patient } = await newClinic(api.dataSource);
    const paths = ['', '/overview', '/metrics', '/profile', '/days'].map((part) => `patients/${patient.id}${part}`);
    for (const path of paths) await get(clinician, path).expect(200);
    const record = jest.spyOn(api.app.get(AuditService), 'record');
    const looks: string[] = [];
    record.mockImplementation(async ({ action }) => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      looks.push(action);
      throw new Error('the disk is full');
    });
    try {
      for (const path of paths) {
        const answer = await get(clinician, path).expect(500);
        expect(answer.body.code).toBe('INTERNAL_ERROR');
        expect(answer.text).not.toContain(patient.id);
      }
      expect(looks).toHaveLength(paths.length);
    } finally {
      record.mockRestore();
    }
  });

  it('is no business of clinicians, and says nothing of looks that were refused', async () => {
    const person = await newUser(api.dataSource);
    const { clinician, patient } = await newClinic(api.dataSource, { userId: person.id });
    await get(clinician, `patients/${patient.id}/audit`).expect(403);
    await get(await newUser(api.dataSource), `patients/${patient.id}`).expect(404);
    const { body } = await get(person, 'patients/me/audit').expect(200);
    expect(body.items).toEqual([]);
  });

  it('is listed page by page and by time', async () => {
    const person = await newUser(api.dataSource);
    const { clinician, patient } = await newClinic(api.dataSource, { userId: person.id });
    for (let n = 0; n < 5; n++) {
      api.clock.stopAt(`2026-01-0${n + 1}T00:00:00Z`);
      await get(clinician, `patients/${patient.id}`).expect(200);
    }
    api.clock.run();
    const dates: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { body: { items: Entry[]; nextCursor: string | null } } = await get(
        person,
        `patients/me/audit?limit=2${cursor && `&cursor=${cursor}`}`,
      ).expect(200);
      dates.push(...page.body.items.map((entry) => entry.at.slice(0, 10)));
      cursor = page.body.nextCursor;
    }
    expect(dates).toEqual(['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04', '2026-01-05']);
    const { body } = await get(person, 'patients/me/audit?from=2026-01-02T00:00:00Z&to=2026-01-04T00:00:00Z').expect(
      200,
    );
    expect(body.items).toHaveLength(2);
  });
});
