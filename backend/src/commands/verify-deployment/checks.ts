import { randomBytes, randomUUID } from 'node:crypto';
import { postJson, type Remote, RemoteError } from './remote.js';

/** What is asked: either address may be unknown, and what needs it is skipped then. */
export interface Deployment {
  readonly api: string | null;
  readonly web: string | null;
}

/** The throwaway account, once it exists. Its address says what it is, and no mail can reach it. */
export interface Account {
  readonly email: string;
  readonly password: string;
  readonly displayName: string;
  token?: string;
  userId?: string;
  patientId?: string;
}

export interface Check {
  readonly name: string;
  readonly needs: readonly (keyof Deployment)[];
  /** Answers what was seen, in a few words. */
  run(remote: Remote, deployment: { api: string; web: string }, account: Account): Promise<string>;
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

const bearer = (account: Account) => ({ authorization: `Bearer ${account.token ?? ''}` });

/** In this order: what one makes, the next ones use. */
export const CHECKS: readonly Check[] = [
  {
    name: 'health',
    needs: ['api'],
    async run(remote, { api }) {
      const answer = await remote.until('/health says healthy', async () => {
        const reply = await remote.tryOnce(`${api}/health`);
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
    needs: ['api'],
    async run(remote, { api }) {
      await remote.until('/health/ready says ready', async () => {
        const reply = await remote.tryOnce(`${api}/health/ready`);
        await reply?.body?.cancel();
        return reply?.status === 200 ? true : null;
      });
      return 'database and migrations are there';
    },
  },
  {
    name: 'registration',
    needs: ['api'],
    async run(remote, { api }, account) {
      const { email, password, displayName } = account;
      await remote.json(`${api}/api/v1/auth/register`, [201], postJson({ email, password, displayName }));
      const { accessToken } = await remote.json(`${api}/api/v1/auth/login`, [200], postJson({ email, password }));
      if (typeof accessToken !== 'string') throw new RemoteError('signing in answered no access token');
      account.token = accessToken;
      const me = await remote.json(`${api}/api/v1/auth/me`, [200], { headers: bearer(account) });
      account.userId = String(me['id']);
      const own = await remote.json(`${api}/api/v1/patients/me`, [200], { headers: bearer(account) });
      account.patientId = String(own['id']);
      return 'a throwaway account registered and signed in';
    },
  },
  {
    name: 'background-job',
    needs: ['api'],
    async run(remote, { api }, account) {
      if (account.patientId === undefined) throw new RemoteError('there is no account to import for');
      const form = new FormData();
      form.append('timeZone', 'UTC');
      form.append('file', new Blob([EXPORT], { type: 'text/csv' }), 'deployment-check.csv');
      const upload = { method: 'POST', headers: bearer(account), body: form };
      const { id } = await remote.json(`${api}/api/v1/patients/${account.patientId}/imports`, [202], upload);
      const report = await remote.until('an import is worked through', async () => {
        const now = await remote.json(`${api}/api/v1/imports/${String(id)}`, [200], { headers: bearer(account) });
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
    needs: ['web'],
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
    needs: ['web'],
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
    needs: ['api', 'web'],
    async run(remote, { web }, { email, password, userId }) {
      const sameOrigin = { 'sec-fetch-site': 'same-origin' };
      const signedIn = await remote.ask(`${web}/api/session`, [204], postJson({ email, password }, sameOrigin));
      const cookie = signedIn.headers.getSetCookie().find((one) => /gl_session=/.test(one)) ?? '';
      if (web.startsWith('https:') && !(cookie.startsWith('__Host-') && /;\s*secure/i.test(cookie)))
        throw new RemoteError('the session cookie is not Secure: set PUBLIC_URL of the web to its https address');
      const headers = { cookie: cookie.split(';', 1)[0] ?? '', ...sameOrigin };
      const me = await remote.json(`${web}/api/v1/auth/me`, [200], { headers });
      if (me['id'] !== userId) throw new RemoteError('the web and the API know different accounts');
      await remote.ask(`${web}/api/session`, [204], { method: 'DELETE', headers });
      return 'a session of the web reaches the same account';
    },
  },
];

/** Archives the record and ends the session. The account itself stays, under a name that says what it was. */
export async function cleanUp(remote: Remote, api: string, account: Account): Promise<void> {
  if (account.token === undefined) return;
  const headers = bearer(account);
  if (account.patientId !== undefined)
    await remote.ask(`${api}/api/v1/patients/${account.patientId}`, [200, 204], { method: 'DELETE', headers });
  await remote.ask(`${api}/api/v1/auth/logout`, [204], { method: 'POST', headers });
}
