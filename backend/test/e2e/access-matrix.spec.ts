import { randomUUID } from 'node:crypto';
import type { NewUser } from '../factories/people.js';
import type { Response } from 'supertest';
import { createTestApp, type TestApp } from '../support/app.js';
import {
  expectedOutcome,
  onPanel,
  type Outcome,
  type Relation,
  RELATIONS,
  type Role,
  ROLES,
  stage,
} from './access-matrix.callers.js';
import { type RouteRow, ROUTES } from './access-matrix.table.js';
import type { Target } from './access-matrix.targets.js';

/** Route × role × relation, from what the application really serves. */
jest.setTimeout(120_000);

let api: TestApp;
const stages = new Map<string, { target: Target; caller: NewUser }>();

beforeAll(async () => {
  api = await createTestApp();
  for (const role of ROLES) {
    for (const relation of RELATIONS) stages.set(`${role}, ${relation}`, await stage(api.dataSource, role, relation));
  }
});
afterAll(() => api.close());

const known = Object.entries(ROUTES);

async function ask(route: string, row: RouteRow, target: Target, bearer: string | null, requestId: string) {
  const [method, template] = route.split(' ', 2) as [string, string];
  const parameters: Record<string, string> = {
    patientId: target.patientId,
    organisationId: target.organisationId,
    ...(await row.parameters?.(target)),
  };
  const path = template.replaceAll(/:(\w+)/g, (_, name: string) => parameters[name] ?? `missing-${name}`);
  const url = path.startsWith('/health') ? path : `/api/v1${path}`;
  const verb = method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
  let question = api.http[verb](url).set('x-request-id', requestId);
  if (bearer !== null) question = question.set('authorization', bearer);
  if (row.endless) question = question.buffer(false).parse(leave);
  return row.body ? question.send(row.body(target)) : question;
}

/** Takes the head of an answer that does not end, and goes. */
function leave(answer: Response, done: (error: Error | null, body: object) => void): void {
  if ('destroy' in answer && typeof answer.destroy === 'function') answer.destroy();
  done(null, {});
}

function outcomeOf(row: RouteRow, status: number, code: unknown): Outcome | string {
  if (code === 'PATIENT_NOT_FOUND') return 'hidden';
  if (row.answers ? row.answers.includes(status) : status >= 200 && status < 300) return 'allowed';
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'forbidden';
  // Only patients have a code of their own for what is not to be seen.
  if (status === 404 && row.to !== 'patient') return 'hidden';
  return `answered ${status} ${String(code)}`;
}

const auditRows = async (requestId: string, patientId: string): Promise<number> => {
  const [found] = await api.dataSource.query(
    'SELECT count(*)::int AS n FROM audit_events WHERE request_id = $1 AND patient_ids @> ARRAY[$2::uuid]',
    [requestId, patientId],
  );
  return found.n;
};

/** Whether an allowed request must leave a row for the patient to read. */
function mustBeAudited(route: string, row: RouteRow, role: Role, relation: Relation): boolean {
  if (relation === 'own') return false;
  if (row.to === 'panel') return onPanel(role, relation);
  if (route === 'GET /organisations/:organisationId/patients') return true;
  return (row.to === 'patient' || row.to === 'child') && row.need !== 'write';
}

it('knows every route that is served, and only those', () => {
  const served = api.routes
    .map((route) => route.replace(' /api/v1/', ' /'))
    .filter((route) => !/^(HEAD|OPTIONS) /.test(route) && !route.includes('*') && !route.includes('/api/docs'))
    // Bull Board's own: one rule for all of them, in queue-board.spec.ts.
    .filter((route) => !route.includes(' /admin/queues'));
  expect([...new Set(served)].sort()).toEqual(known.map(([route]) => route).sort());
});

describe.each(known)('%s', (route, row) => {
  it('answers nobody without a login, unless it is for everybody', async () => {
    const { target } = await stage(api.dataSource, 'patient', 'own');
    const { status } = await ask(route, row, target, null, randomUUID());
    if (row.to === 'everybody') expect(status).not.toBe(401);
    else expect(status).toBe(401);
  });

  it('answers each caller as the table says, and notes each look by another person', async () => {
    const expected: Record<string, string> = {};
    const actual: Record<string, string> = {};
    for (const role of ROLES) {
      for (const relation of RELATIONS) {
        const caller = `${role}, ${relation}`;
        const shared = stages.get(caller);
        const set = row.destroys || !shared ? await stage(api.dataSource, role, relation) : shared;
        const requestId = randomUUID();
        const { status, body } = await ask(route, row, set.target, set.caller.bearer, requestId);
        const outcome = expectedOutcome(row, route, role, relation);
        const noted = outcome === 'allowed' && mustBeAudited(route, row, role, relation) ? 1 : 0;
        const answered = outcomeOf(row, status, body?.code);
        expected[caller] = `${outcome}, ${noted} noted`;
        actual[caller] = `${answered}, ${await auditRows(requestId, set.target.patientId)} noted`;
      }
    }
    expect(actual).toEqual(expected);
  });
});
