import { randomUUID } from 'node:crypto';
import type { HttpClient } from './http-client.js';

const PASSWORD = 'a password for benchmarks';

export interface Person {
  readonly email: string;
  readonly password: string;
  readonly token: string;
  readonly userId: string;
  readonly patientId: string;
}

/** Somebody who registered and signed in like anybody else, with the own patient record. */
export async function register(http: HttpClient): Promise<Person> {
  const email = `${randomUUID()}@bench.example.org`;
  const account = { email, password: PASSWORD };
  await http.json('POST', '/api/v1/auth/register', null, account);
  const { accessToken } = await http.json<{ accessToken: string }>('POST', '/api/v1/auth/login', null, account);
  const me = await http.json<{ id: string; patientId: string }>('GET', '/api/v1/auth/me', accessToken);
  return { email, password: PASSWORD, token: accessToken, userId: me.id, patientId: me.patientId };
}
