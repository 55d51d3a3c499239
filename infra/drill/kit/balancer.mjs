import { Agent, createServer, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const PROBE_TIMEOUT_MS = 1_000;
const HOP_BY_HOP = ['connection', 'keep-alive', 'transfer-encoding'];

/**
 * A load balancer as small as one can be: asks each replica `/health/ready` all the time and passes requests on to those
 * that last answered 200, in turn. It never tries a request twice, so whatever a replica drops reaches the client.
 */
export async function openBalancer(replicas, { everyMs = 100 } = {}) {
  const ready = new Set();
  const agent = new Agent({ keepAlive: true });
  const stopping = new AbortController();
  let turn = 0;
  const counts = { answered: 0, failed: 0 };
  const reasons = new Set();

  const server = createServer((incoming, outgoing) => {
    const candidates = replicas.filter((replica) => ready.has(replica));
    if (candidates.length === 0) return fail(outgoing, 'no replica is ready');
    forward(incoming, outgoing, candidates[turn++ % candidates.length], agent, () => counts.answered++, fail);
  });
  function fail(outgoing, reason) {
    counts.failed += 1;
    reasons.add(reason);
    if (outgoing.headersSent) return outgoing.destroy();
    outgoing.writeHead(502, { 'content-type': 'text/plain' }).end(reason);
  }

  const probing = replicas.map(async (replica) => {
    while (!stopping.signal.aborted) {
      if (await isReady(replica)) ready.add(replica);
      else ready.delete(replica);
      await sleep(everyMs);
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    counts,
    reasons: () => [...reasons],
    isReady: (replica) => ready.has(replica),
    async close() {
      stopping.abort();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await Promise.all(probing);
      agent.destroy();
    },
  };
}

function forward(incoming, outgoing, replica, agent, succeed, fail) {
  const headers = withoutHops(incoming.headers);
  const upstream = request(new URL(incoming.url, replica), { method: incoming.method, headers, agent }, (answer) => {
    outgoing.writeHead(answer.statusCode, withoutHops(answer.headers));
    answer.on('error', () => fail(outgoing, 'the answer broke off'));
    answer.once('end', succeed);
    answer.pipe(outgoing);
  });
  upstream.on('error', (error) => fail(outgoing, `${replica} gave no answer: ${error.code}`));
  incoming.pipe(upstream);
}

const withoutHops = (headers) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.includes(name)));

async function isReady(replica) {
  const probe = fetch(new URL('/health/ready', replica), { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
  const answer = await probe.catch(() => null);
  await answer?.body?.cancel();
  return answer?.status === 200;
}
