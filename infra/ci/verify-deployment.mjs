import { BACKEND_CLI, ensureBackend } from '../local/build.mjs';
import { run, sleep } from '../local/processes.mjs';
import { whenCalled } from './main-script.mjs';

const RENDER_API = 'https://api.render.com/v1';

/** An API answers the first, the web the second with what its API says. */
const HEALTH_PATHS = ['/health', '/api/health'];

async function revisionAt(url) {
  let last = null;
  for (const path of HEALTH_PATHS) {
    const answer = await fetch(new URL(path, url), { signal: AbortSignal.timeout(10_000) }).catch(() => null);
    await answer?.body?.cancel();
    const found = answer?.headers.get('x-revision');
    if (found) return { status: answer.status, found };
    last ??= answer && { status: answer.status, found: null };
  }
  return last;
}

/** Waits until an address, of the web or of an API, says it is the wanted commit. Answers what it said last. */
export async function waitForRevision({ url, revision, seconds = 600, everyMs = 5_000, wait = sleep }) {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const answer = await revisionAt(url);
    if (answer?.status === 200 && answer.found === revision) return { reached: true, found: answer.found };
    if (performance.now() > end)
      return { reached: false, found: answer ? `${answer.status}, revision ${answer.found}` : 'no answer' };
    await wait(everyMs);
  }
}

/** Puts each service back on the deployment before its newest. Code goes back, the schema stays: see docs/operations.md. */
export async function rollBack({ services, apiKey, revision, api = RENDER_API }) {
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', accept: 'application/json' };
  const ask = async (path, options = {}) => {
    const answer = await fetch(`${api}${path}`, { ...options, headers, signal: AbortSignal.timeout(30_000) });
    if (!answer.ok) throw new Error(`Render answered ${answer.status} to ${options.method ?? 'GET'} ${path}`);
    return answer.json().catch(() => null);
  };
  const results = [];
  for (const service of services) {
    try {
      const deploys = (await ask(`/services/${service}/deploys?limit=20`)).map((entry) => entry.deploy ?? entry);
      const good = deploys.find(
        ({ status, commit }) => ['live', 'deactivated'].includes(status) && commit?.id !== revision,
      );
      if (!good) results.push({ service, ok: false, what: 'has no earlier deployment to go back to' });
      else {
        await ask(`/services/${service}/rollback`, { method: 'POST', body: JSON.stringify({ deployId: good.id }) });
        results.push({ service, ok: true, what: `goes back to ${good.commit?.id ?? good.id}` });
      }
    } catch (error) {
      results.push({ service, ok: false, what: error.message });
    }
  }
  return results;
}

/** `verify` answers nothing or throws what is wrong. Exit code 0 when the deployment is good, or when none is set up. */
export async function verifyOrRollBack({ env, say, verify, api, seconds, everyMs }) {
  const { DEPLOYED_URL: url, EXPECTED_REVISION: revision, RENDER_API_KEY: apiKey } = env;
  if (!apiKey || !url) {
    say(
      `Not verified: ${[!apiKey && 'the secret RENDER_API_KEY', !url && 'the variable DEPLOYED_URL'].filter(Boolean).join(' and ')} is not set.`,
    );
    return 0;
  }
  if (!revision) throw new Error('EXPECTED_REVISION is not set');
  const { reached, found } = await waitForRevision({ url, revision, seconds, everyMs });
  let fault = reached ? null : `${url} did not become ${revision} (last: ${found})`;
  if (!fault)
    fault = await verify(url).then(
      () => null,
      (error) => error.message,
    );
  if (!fault) {
    say(`${url} is ${revision} and passed every check.`);
    return 0;
  }
  say(`FAILED: ${fault}`);
  const services = (env.RENDER_SERVICE_IDS ?? '').split(/[\s,]+/).filter(Boolean);
  if (services.length === 0) say('Not rolled back: the variable RENDER_SERVICE_IDS is not set.');
  for (const { service, ok, what } of await rollBack({ services, apiKey, revision, api }))
    say(`${ok ? 'rollback' : 'NOT ROLLED BACK'}: ${service} ${what}`);
  return 1;
}

async function main() {
  const verify = async (url) => {
    await ensureBackend();
    await run(process.execPath, [BACKEND_CLI, 'verify-deployment', url], { output: 'capture' });
  };
  return verifyOrRollBack({ env: process.env, say: (text) => process.stdout.write(`${text}\n`), verify });
}

await whenCalled(import.meta.url, main);
