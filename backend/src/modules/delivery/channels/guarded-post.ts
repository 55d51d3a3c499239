import { lookup } from 'node:dns/promises';
import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { ATTEMPT_MS, type OutcomeClass } from './delivery-channel.js';

/** Nobody's answer is read further than this. */
const ANSWER_BYTES = 1_024;

/** What addresses that people enter may point at. */
export interface AddressRules {
  /** Plain HTTP, for tests and development. */
  readonly allowHttp: boolean;
  /** Addresses inside the own network. */
  readonly allowPrivate: boolean;
}

type Headers = Readonly<Record<string, string>>;

/** A request without a body is a GET. */
interface Outgoing {
  readonly headers: Headers;
  readonly body: Buffer | null;
}

/** Addresses that belong to the public internet: not this machine, its network, its cloud's metadata, nor any tunnel there. */
export const isPublicAddress = (address: string): boolean =>
  ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';

/** Whether an address that somebody entered has a form that may be called at all. */
export function isCallable(address: string, { allowHttp }: AddressRules): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, username, password } = new URL(address);
  return (protocol === 'https:' || (allowHttp && protocol === 'http:')) && username === '' && password === '';
}

/**
 * Posts to an address that a person entered. The name is resolved once, every address it has must be public, and the
 * connection goes to the one that was looked at: a name that changes its mind gains nothing. Redirects are not followed.
 *
 * @param goneAt the answers by which the other side says that it is no more
 */
export async function guardedPost(
  address: string,
  post: { readonly headers: Headers; readonly body: Buffer },
  rules: AddressRules,
  goneAt: readonly number[] = [410],
): Promise<OutcomeClass> {
  return guardedRequest(address, post, rules, goneAt);
}

/** Asks for an address with the same care, and for nothing but how it answers. */
export const guardedGet = (address: string, headers: Headers, rules: AddressRules): Promise<OutcomeClass> =>
  guardedRequest(address, { headers, body: null }, rules, []);

async function guardedRequest(
  address: string,
  outgoing: Outgoing,
  rules: AddressRules,
  goneAt: readonly number[],
): Promise<OutcomeClass> {
  const gaveUp = AbortSignal.timeout(ATTEMPT_MS);
  try {
    if (!isCallable(address, rules)) return 'address-refused';
    const url = new URL(address);
    const found = await within(resolve(url.hostname), gaveUp);
    const [first] = found;
    if (!first) return 'unreachable';
    if (!rules.allowPrivate && !found.every((one) => isPublicAddress(one.address))) return 'address-refused';
    return outcomeOf(await exchange(url, first, outgoing, gaveUp), goneAt);
  } catch {
    return gaveUp.aborted ? 'timeout' : 'unreachable';
  }
}

interface Resolved {
  readonly address: string;
  readonly family: number;
}

async function resolve(hostname: string): Promise<readonly Resolved[]> {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(bare);
  return family === 0 ? lookup(bare, { all: true }) : [{ address: bare, family }];
}

async function within<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const end = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(new Error('gave up')), { once: true }),
  );
  return Promise.race([work, end]);
}

/** Sends, and answers the status. */
function exchange(
  url: URL,
  { address, family }: Resolved,
  { headers, body }: Outgoing,
  signal: AbortSignal,
): Promise<number> {
  const pinned: LookupFunction = (_name, options, done) => {
    if (options.all) done(null, [{ address, family }]);
    else done(null, address, family);
  };
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise((answered, failed) => {
    const method = body ? 'POST' : 'GET';
    const length = body ? { 'content-length': String(body.length) } : {};
    const options = { method, agent: false, lookup: pinned, headers: { ...headers, ...length }, signal };
    const sent = request(url, options, (answer) => {
      let read = 0;
      const done = () => {
        answered(answer.statusCode ?? 0);
        sent.destroy();
      };
      answer.on('data', (chunk: Buffer) => {
        read += chunk.length;
        if (read > ANSWER_BYTES) done();
      });
      answer.on('end', done);
      answer.on('error', failed);
    });
    sent.on('error', failed);
    sent.end(body ?? undefined);
  });
}

function outcomeOf(status: number, goneAt: readonly number[]): OutcomeClass {
  if (status >= 200 && status < 300) return 'delivered';
  if (status >= 300 && status < 400) return 'redirected';
  if (goneAt.includes(status)) return 'gone';
  return status >= 500 ? 'answered-5xx' : 'answered-4xx';
}
