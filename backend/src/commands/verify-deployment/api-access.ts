import { postJson, type Remote, RemoteError } from './remote.js';

type Headers = Readonly<Record<string, string>>;

interface Login {
  readonly email: string;
  readonly password: string;
}

/** How the API is reached. */
export interface ApiAccess {
  readonly origin: string;
  /** Where it tells its health; readiness is `/ready` below. */
  readonly health: string;
  /** What every request that changes something carries. */
  readonly headers: Headers;
  /** Answers the headers that prove who asks from then on. */
  signIn(remote: Remote, login: Login): Promise<Headers>;
  signOut(remote: Remote, proof: Headers): Promise<void>;
}

/** By an address of its own, with a token. */
export function directAccess(api: string): ApiAccess {
  return {
    origin: api,
    health: `${api}/health`,
    headers: {},
    async signIn(remote, { email, password }) {
      const login = postJson({ email, password });
      const { accessToken } = await remote.json(`${api}/api/v1/auth/login`, [200], login);
      if (typeof accessToken !== 'string') throw new RemoteError('signing in answered no access token');
      return { authorization: `Bearer ${accessToken}` };
    },
    async signOut(remote, headers) {
      await remote.ask(`${api}/api/v1/auth/logout`, [204], { method: 'POST', headers });
    },
  };
}

/** As a page of the web would say it; the web refuses changes that another site asks for. */
const SAME_ORIGIN: Headers = { 'sec-fetch-site': 'same-origin' };

/** Behind the web, with the web's session: the only way where the API has no public address. */
export function accessBehind(web: string): ApiAccess {
  return {
    origin: web,
    health: `${web}/api/health`,
    headers: SAME_ORIGIN,
    async signIn(remote, { email, password }) {
      const signedIn = await remote.ask(`${web}/api/session`, [204], postJson({ email, password }, SAME_ORIGIN));
      const cookie = signedIn.headers.getSetCookie().find((one) => /gl_session=/.test(one)) ?? '';
      if (web.startsWith('https:') && !(cookie.startsWith('__Host-') && /;\s*secure/i.test(cookie)))
        throw new RemoteError('the session cookie is not Secure: set PUBLIC_URL of the web to its https address');
      return { cookie: cookie.split(';', 1)[0] ?? '', ...SAME_ORIGIN };
    },
    async signOut(remote, headers) {
      await remote.ask(`${web}/api/session`, [204], { method: 'DELETE', headers });
    },
  };
}
