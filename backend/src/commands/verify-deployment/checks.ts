import { randomBytes, randomUUID } from 'node:crypto';
import { accessBehind, type ApiAccess } from './api-access.js';
import { postJson, type Remote, RemoteError } from './remote.js';

/** Where a deployment answers. `api` is how its API is reached, if only through the web. */
export interface Deployment {
  readonly api: ApiAccess;
  readonly web: string | null;
}

/** The throwaway account, once it exists. Its address says what it is, and no mail can reach it. */
export interface Account {
  readonly email: string;
  readonly password: string;
  readonly displayName: string;
  /** Headers that prove it, once it is signed in. */
  proof?: Readonly<Record<string, string>>;
  userId?: string;
  patientId?: string;
}

export interface Check {
  readonly name: string;
  readonly needsWeb: boolean;
  /** Answers what was seen, in a few words. */
  run(remote: Remote, deployment: { api: ApiAccess; web: string }, account: Account): Promise<string>;
}

export const newAccount = (): Account => ({
  email: `deployment-check-${randomUUID()}@glucolens.invalid`,
  password: randomBytes(18).toString('base64url'),
  displayName: 'Deployment check (may be deleted)',
});

/** A Clarity export of two readings that no person ever had. */
const EXPORT = `Index,Timestamp (YYYY-MM-DDThh:mm:ss),Event Type,Event Subtype,Patient Info,Device Info,Source Device ID,Glucose Value (mg/dL),Insulin Value (u),Carb Value (grams),Duration (hh:mm:ss),Glucose Rate of Change (mg/dL/min),Transmitter Time (Long Integer),Transmitter ID
1,2024-02-05T08:00:00,EGV,,,,check,104,,,,,1000,TX0001
2,2024-02-05T08:05:00,EGV,,,,check,111,,,,,1300,TX0001
`;

/** In this order: what one makes, the next ones use. */
export const CHECKS: readonly Check[] = [
  {
    name: 'health',
    needsWeb: false,
    async run(remote, { api }) {
      const answer = await remote.until('/health says healthy', async () => {
        const reply = await remote.tryOnce(api.health);
        if (reply?.status === 200) return reply;
        await reply?.body?.cancel();
        return null;
      });
      const { version } = (await answer.json()) as { version: string };
      return `version ${version}, commit ${answer.headers.get('x-revision') ?? 'not told'}`;
    },
  },
  {
    name: 'readiness',
    needsWeb: false,
    async run(remote, { api }) {
      await remote.until('/health/ready says ready', async () => {
        const reply = await remote.tryOnce(`${api.health}/ready`);
        await reply?.body?.cancel();
        return reply?.status === 200 ? true : null;
      });
      return 'database and migrations are there';
    },
  },
  {
    name: 'registration',
    needsWeb: false,
    async run(remote, { api }, account) {
      const { email, password, displayName } = account;
      const registration = postJson({ email, password, displayName }, api.headers);
      await remote.json(`${api.origin}/api/v1/auth/register`, [201], registration);
      const headers = (account.proof = await api.signIn(remote, account));
      account.userId = String((await remote.json(`${api.origin}/api/v1/auth/me`, [200], { headers }))['id']);
      const own = await remote.json(`${api.origin}/api/v1/patients/me`, [200], { headers });
      account.patientId = String(own['id']);
      return 'a throwaway account registered and signed in';
    },
  },
  {
    name: 'background-job',
    needsWeb: false,
    async run(remote, { api }, account) {
      const { patientId, proof: headers } = account;
      if (patientId === undefined || !headers) throw new RemoteError('there is no account to import for');
      const form = new FormData();
      form.append('timeZone', 'UTC');
      form.append('file', new Blob([EXPORT], { type: 'text/csv' }), 'deployment-check.csv');
      const upload = { method: 'POST', headers, body: form };
      const { id } = await remote.json(`${api.origin}/api/v1/patients/${patientId}/imports`, [202], upload);
      const report = await remote.until('an import is worked through', async () => {
        const now = await remote.json(`${api.origin}/api/v1/imports/${String(id)}`, [200], { headers });
        return now['status'] === 'queued' || now['status'] === 'running' ? null : now;
      });
      const counts = report['counts'] as { new?: number } | undefined;
      if (report['status'] !== 'done' || counts?.new !== 2)
        throw new RemoteError('the import did not store its readings');
      return 'an import was queued, worked through and stored';
    },
  },
  {
    name: 'frontend',
    needsWeb: true,
    async run(remote, { web }) {
      await remote.until('the web answers', async () => {
        const reply = await remote.tryOnce(`${web}/healthz`);
        await reply?.body?.cancel();
        return reply?.status === 200 ? true : null;
      });
      const page = await (await remote.ask(`${web}/sign-in`, [200])).text();
      if (!/<form/i.test(page)) throw new RemoteError('the sign-in page has no form');
      return 'the sign-in page is served';
    },
  },
  {
    name: 'frontend-to-backend',
    needsWeb: true,
    async run(remote, { web }) {
      const answer = await remote.until('the API answers behind the web', async () => {
        const reply = await remote.tryOnce(`${web}/api/v1/auth/me`);
        if (reply && reply.status !== 503 && reply.status !== 502) return reply;
        await reply?.body?.cancel();
        return null;
      });
      const { code } = (await answer.json().catch(() => ({}))) as { code?: unknown };
      if (answer.status !== 401 || typeof code !== 'string')
        throw new RemoteError(`${web}/api/v1/auth/me answered ${answer.status}, and no refusal of the API`);
      return 'the API refuses an unknown caller through the web';
    },
  },
  {
    name: 'sign-in-through-frontend',
    needsWeb: true,
    async run(remote, { web }, account) {
      const behind = accessBehind(web);
      const headers = await behind.signIn(remote, account);
      const me = await remote.json(`${web}/api/v1/auth/me`, [200], { headers });
      if (me['id'] !== account.userId) throw new RemoteError('the web and the API know different accounts');
      await behind.signOut(remote, headers);
      return 'a session of the web reaches the same account';
    },
  },
];

/** Archives the record and ends the session. The account itself stays, under a name that says what it was. */
export async function cleanUp(remote: Remote, api: ApiAccess, { patientId, proof }: Account): Promise<void> {
  if (!proof) return;
  if (patientId !== undefined) {
    const archive = { method: 'DELETE', headers: proof };
    await remote.ask(`${api.origin}/api/v1/patients/${patientId}`, [200, 204], archive);
  }
  await api.signOut(remote, proof);
}
