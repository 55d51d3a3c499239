import { setTimeout as sleep } from 'node:timers/promises';
import { type Command, CommandFailure, readArguments, UsageError } from '../command.js';
import { accessBehind, directAccess } from './api-access.js';
import { type Account, type Check, CHECKS, cleanUp, type Deployment, newAccount } from './checks.js';
import { Remote, RemoteError } from './remote.js';

interface CheckResult {
  readonly name: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  readonly seconds: number;
  readonly detail: string;
}

const DEFAULT_TIMEOUT_SECONDS = 180;

const tell = (message: string) => void process.stderr.write(`${message}\n`);

/** What an address turned out to be. */
interface Addresses {
  readonly api: string | null;
  readonly web: string | null;
}

/**
 * Asks a running deployment from outside, as its users would. Needs no database and no secret. The address of the web
 * is enough: its API is reached behind it. With the address of an API alone the web cannot be found, so its checks are
 * not run, which is said and makes `complete` false; the exit code judges what was run.
 */
export const verifyDeploymentCommand: Command = {
  usage: 'URL [--api URL] [--web URL] [--timeout SECONDS]',
  summary: 'check a deployment from outside: health, registration, a background job, the web to the API',
  async run(args) {
    const { positionals, options } = readArguments(args, ['URL'], ['api', 'web', 'timeout']);
    const seconds = Number(options['timeout'] ?? DEFAULT_TIMEOUT_SECONDS);
    if (!(seconds > 0 && seconds <= 3_600)) throw new UsageError('--timeout is a number of seconds, at most 3600');
    const now = () => performance.now();
    const remote = new Remote({ timeoutMs: seconds * 1000, sleep: async (ms) => void (await sleep(ms)), now, tell });
    const url = address('URL', positionals[0] ?? '');
    const found = await whatIsAt(remote, url).catch((error: unknown) => {
      if (!(error instanceof RemoteError)) throw error;
      throw new CommandFailure(error.message, { api: null, web: null, passed: false, complete: false, checks: [] });
    });
    const api = options['api'] === undefined ? found.api : address('--api', options['api']);
    const web = options['web'] === undefined ? found.web : address('--web', options['web']);
    const deployment = { api: api === null ? accessBehind(web ?? url) : directAccess(api), web };
    const account = newAccount();
    const checks: CheckResult[] = [];
    for (const check of CHECKS) checks.push(await runCheck(check, remote, deployment, account, now));
    await cleanUp(remote, deployment.api, account).catch(() => tell(`${account.email} could not be cleaned up`));
    const passed = checks.every(({ status }) => status !== 'failed');
    const skipped = checks.filter(({ status }) => status === 'skipped').map(({ name }) => name);
    if (skipped.length > 0) tell(`NOT RUN, since --web was not given: ${skipped.join(', ')}`);
    const complete = skipped.length === 0;
    const result = { api, web, passed, complete, account: account.proof ? account.email : null, checks };
    if (!passed) throw new CommandFailure('some checks failed', result);
    return result;
  },
};

function address(name: string, text: string): string {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) throw new UsageError(`${name} is an http or https address`);
  const { origin, pathname } = new URL(text);
  return origin + pathname.replace(/\/+$/, '');
}

/** Whether the web or the API answers at an address: only the one has `/healthz`, only the other names its service. */
async function whatIsAt(remote: Remote, url: string): Promise<Addresses> {
  return remote.until(`${url} answers`, async () => {
    const web = await remote.tryOnce(`${url}/healthz`);
    await web?.body?.cancel();
    if (web?.status === 200) return { web: url, api: null };
    const reply = await remote.tryOnce(`${url}/health`);
    const body: unknown = await reply?.json().catch(() => null);
    const isApi =
      typeof body === 'object' && body !== null && 'service' in body && body.service === 'glucolens-backend';
    return isApi ? { web: null, api: url } : null;
  });
}

async function runCheck(
  { name, needsWeb, run }: Check,
  remote: Remote,
  { api, web }: Deployment,
  account: Account,
  now: () => number,
): Promise<CheckResult> {
  if (needsWeb && web === null) return { name, status: 'skipped', seconds: 0, detail: '--web was not given' };
  tell(`checking: ${name}`);
  const start = now();
  const seconds = () => Number(((now() - start) / 1000).toFixed(1));
  try {
    const detail = await run(remote, { api, web: web ?? '' }, account);
    return { name, status: 'passed', seconds: seconds(), detail };
  } catch (error) {
    const detail = error instanceof RemoteError ? error.message : 'an answer could not be read';
    return { name, status: 'failed', seconds: seconds(), detail };
  }
}
