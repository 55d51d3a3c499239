import { setTimeout as sleep } from 'node:timers/promises';
import { type Command, CommandFailure, readArguments, UsageError } from '../command.js';
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

/** Asks a running deployment from outside, as its users would. Needs no database and no secret. */
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
    const deployment = {
      api: options['api'] === undefined ? found.api : address('--api', options['api']),
      web: options['web'] === undefined ? found.web : address('--web', options['web']),
    };
    const account = newAccount();
    const checks: CheckResult[] = [];
    for (const check of CHECKS) checks.push(await runCheck(check, remote, deployment, account, now));
    if (deployment.api !== null)
      await cleanUp(remote, deployment.api, account).catch(() => tell(`${account.email} could not be cleaned up`));
    const passed = checks.every(({ status }) => status !== 'failed');
    const complete = checks.every(({ status }) => status !== 'skipped');
    const result = { ...deployment, passed, complete, account: account.token ? account.email : null, checks };
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
async function whatIsAt(remote: Remote, url: string): Promise<Deployment> {
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
  { name, needs, run }: Check,
  remote: Remote,
  deployment: Deployment,
  account: Account,
  now: () => number,
): Promise<CheckResult> {
  const missing = needs.filter((part) => deployment[part] === null);
  const skipped = missing.map((part) => `--${part} was not given`).join(', ');
  if (skipped) return { name, status: 'skipped', seconds: 0, detail: skipped };
  tell(`checking: ${name}`);
  const start = now();
  const seconds = () => Number(((now() - start) / 1000).toFixed(1));
  try {
    const detail = await run(remote, { api: deployment.api ?? '', web: deployment.web ?? '' }, account);
    return { name, status: 'passed', seconds: seconds(), detail };
  } catch (error) {
    const detail = error instanceof RemoteError ? error.message : 'an answer could not be read';
    return { name, status: 'failed', seconds: seconds(), detail };
  }
}
