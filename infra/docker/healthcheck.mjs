/**
 * Asks the process in this container how it is; exit 0 for a good answer, 1 otherwise. `HEALTHCHECK_URL` wins over what
 * the role says: the API answers on its own port, worker and scheduler on the port of their metrics, the web on PORT.
 */
const { HEALTHCHECK_URL, PROCESS_ROLE, PORT, API_PORT, METRICS_PORT } = process.env;

function address() {
  if (HEALTHCHECK_URL) return HEALTHCHECK_URL;
  if (process.cwd().endsWith('frontend')) return `http://127.0.0.1:${PORT || 3000}/healthz`;
  const background = { worker: 9465, scheduler: 9466 }[PROCESS_ROLE];
  const port = background ? METRICS_PORT || background : PORT || API_PORT || 8000;
  return `http://127.0.0.1:${port}/health/ready`;
}

const answer = await fetch(address(), { signal: AbortSignal.timeout(4_000) }).catch(() => null);
process.exit(answer?.ok ? 0 : 1);
