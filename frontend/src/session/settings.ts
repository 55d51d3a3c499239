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
  // Render tells a service its own address under a name of its own.
  const publicUrl = env['PUBLIC_URL'] || env['RENDER_EXTERNAL_URL'];
  return {
    apiUrl: api.origin + path,
    publicOrigin: publicUrl ? new URL(withScheme(publicUrl)).origin : null,
  };
}

/** Hosting blueprints hand over `host:port` for a private service. */
function withScheme(address: string): string {
  return /^https?:\/\//i.test(address) ? address : `http://${address}`;
}
