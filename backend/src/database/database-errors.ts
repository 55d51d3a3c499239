/** Connection failures, shutdowns and exhausted servers, as SQLSTATE class or Node error code. */
const UNAVAILABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '08000',
  '08001',
  '08003',
  '08006',
]);

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** True where the database could not be asked at all, so that the same request may succeed later. */
export function isDatabaseUnavailable(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== undefined && UNAVAILABLE.has(code)) return true;
  return error instanceof Error && /Connection terminated|timeout exceeded when trying to connect/.test(error.message);
}

/** PostgreSQL refused a row because one with the same key exists. */
export const isUniqueViolation = (error: unknown): boolean => codeOf(error) === '23505';

/** Numbers, instants and characters outside what PostgreSQL's types hold. */
const UNSTORABLE = new Set(['22003', '22007', '22008', '22009', '22021', '22P02', '22P05']);

/** PostgreSQL understood the statement and refused a value in it, such as NUL in a text or the year 0. */
export const isUnstorableValue = (error: unknown): boolean => UNSTORABLE.has(codeOf(error) ?? '');
