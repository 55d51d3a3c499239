/** The network, as Node's error codes. */
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);

/** SQLSTATE classes of connections (08) and of resources that have run out (53): connections, memory, room on the disk. */
const UNAVAILABLE_CLASSES = new Set(['08', '53']);

/**
 * Single SQLSTATEs: ended by a shutdown, a crash or an administrator (57P01 to 57P03, 57P05), a statement or a transaction
 * that took too long (57014, 25P03, 25P04), a lock that was not given (55P03), a deadlock (40P01), a failed disk (58030).
 */
const UNAVAILABLE = new Set(['57P01', '57P02', '57P03', '57P05', '57014', '25P03', '25P04', '55P03', '40P01', '58030']);

/** What the driver and its pool say without any code. */
const UNAVAILABLE_MESSAGE =
  /Connection terminated|timeout exceeded when trying to connect|Query read timeout|timeout expired/;

/** The SQLSTATE, or Node's code of the network. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** True where the database could not be asked, or had no room or time for the answer: the same request may succeed later. */
export function isDatabaseUnavailable(error: unknown): boolean {
  const code = codeOf(error);
  if (code === undefined) return error instanceof Error && UNAVAILABLE_MESSAGE.test(error.message);
  return NETWORK.has(code) || UNAVAILABLE.has(code) || (code.length === 5 && UNAVAILABLE_CLASSES.has(code.slice(0, 2)));
}

/** PostgreSQL refused a row because one with the same key exists. */
export const isUniqueViolation = (error: unknown): boolean => codeOf(error) === '23505';

/** Numbers, instants and characters outside what PostgreSQL's types hold. */
const UNSTORABLE = new Set(['22003', '22007', '22008', '22009', '22021', '22P02', '22P05']);

/** PostgreSQL understood the statement and refused a value in it, such as NUL in a text or the year 0. */
export const isUnstorableValue = (error: unknown): boolean => UNSTORABLE.has(codeOf(error) ?? '');
