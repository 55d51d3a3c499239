import { randomUUID } from 'node:crypto';

/** What every call to the API says about the request it is made for. */
export interface CallerHeaders {
  readonly 'x-request-id': string;
  readonly [name: string]: string;
}

const REQUEST_ID = /^[\w-]{8,64}$/;
const PASSED_ON = ['x-forwarded-for', 'user-agent', 'accept-language'] as const;

/** The API throttles and audits by the person's address, not by the address of the web process. */
export function callerHeaders(incoming: Pick<Headers, 'get'>): CallerHeaders {
  const headers: Record<string, string> & CallerHeaders = { 'x-request-id': requestIdOf(incoming) };
  for (const name of PASSED_ON) {
    const value = incoming.get(name);
    if (value) headers[name] = value;
  }
  return headers;
}

export function requestIdOf(incoming: Pick<Headers, 'get'>): string {
  const given = incoming.get('x-request-id');
  return given && REQUEST_ID.test(given) ? given : randomUUID();
}
