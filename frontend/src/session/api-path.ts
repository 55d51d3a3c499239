const TOKEN_ANSWERS = new Set(['api/v1/auth/login', 'api/v1/auth/refresh', 'api/v1/auth/register']);

/**
 * The path to ask the API for, rebuilt from its decoded segments so that no spelling (`%2e%2e`, `%2f`, `lo%67in`)
 * means one thing here and another there. `null` for what must not pass: anything outside `/api/`, and the calls whose
 * answers carry tokens or make accounts, which belong to the sign-in form.
 */
export function apiPath(pathname: string): string | null {
  const segments = decodedSegments(pathname);
  if (segments?.[0] !== 'api' || segments.length < 2) return null;
  if (TOKEN_ANSWERS.has(segments.join('/').toLowerCase())) return null;
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
