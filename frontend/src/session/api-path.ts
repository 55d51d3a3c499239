const TOKEN_ANSWERS = new Set(['api/v1/auth/login', 'api/v1/auth/refresh']);

/** The API answers these outside `/api/`, where the web has answers of its own. */
const HEALTH = new Map([
  ['api/health', '/health'],
  ['api/health/ready', '/health/ready'],
]);

/**
 * The path to ask the API for, rebuilt from its decoded segments so that no spelling (`%2e%2e`, `%2f`, `lo%67in`)
 * means one thing here and another there. `null` for what must not pass: anything outside `/api/`, and the calls whose
 * answers carry tokens, which belong to the sign-in form. `/api/health` is the API's `/health`, for whoever can reach
 * the web only.
 */
export function apiPath(pathname: string): string | null {
  const segments = decodedSegments(pathname);
  if (segments?.[0] !== 'api' || segments.length < 2) return null;
  const path = segments.join('/');
  if (TOKEN_ANSWERS.has(path.toLowerCase())) return null;
  const health = HEALTH.get(path);
  if (health) return health;
  return `/${segments.map(encodeURIComponent).join('/')}`;
}

function decodedSegments(pathname: string): string[] | null {
  const trimmed = pathname.replace(/^\//, '').replace(/\/$/, '');
  try {
    const segments = trimmed.split('/').map(decodeURIComponent);
    return segments.every(isPlainSegment) ? segments : null;
  } catch {
    return null;
  }
}

function isPlainSegment(segment: string): boolean {
  if (segment === '' || segment === '.' || segment === '..') return false;
  return ![...segment].some((character) => character < ' ' || '/\\;'.includes(character));
}
