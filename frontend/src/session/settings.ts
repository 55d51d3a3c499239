/** What the web process needs to know of the world outside. Read when asked for, never at build time. */
export interface WebSettings {
  /** Without a trailing slash, as in `http://api:8000`. */
  readonly apiUrl: string;
  /** The origin people type, as in `https://glucolens.example`; `null` when nobody said. */
  readonly publicOrigin: string | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULT_API_URL = 'http://127.0.0.1:8000';

export function readWebSettings(env: Environment): WebSettings {
  const api = new URL(withScheme(env['API_URL'] || DEFAULT_API_URL));
  const path = api.pathname.replace(/\/+$/, '');
  return {
    apiUrl: api.origin + path,
    publicOrigin: env['PUBLIC_URL'] ? new URL(withScheme(env['PUBLIC_URL'])).origin : null,
  };
}

/** Hosting blueprints hand over `host:port` for a private service. */
function withScheme(address: string): string {
  return /^https?:\/\//i.test(address) ? address : `http://${address}`;
}
