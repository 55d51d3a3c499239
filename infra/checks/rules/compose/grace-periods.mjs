import { changeService, everyService, isOneShot, runsBackend, seconds } from '../../compose-parts.mjs';

/** What a service gets at least. The backend ends by itself after SHUTDOWN_DEADLINE_MS, by default 25 s. */
const LEAST = { worker: 300, migrate: 300, valkey: 30 };
const WORKER_DEADLINE_MS = 240_000;

function leavesInTime(one) {
  const grace = seconds(one.service.stop_grace_period);
  if (isOneShot(one) && !LEAST[one.name]) return true;
  const deadline = Number(one.service.environment?.SHUTDOWN_DEADLINE_MS ?? (runsBackend(one) ? 25_000 : 0));
  if (one.name === 'worker' && deadline < WORKER_DEADLINE_MS) return false;
  return grace >= Math.max(LEAST[one.name] ?? 45, deadline / 1_000 + 10);
}

export const rule = {
  name: 'grace-periods',
  why: 'Docker kills after ten seconds unless told otherwise, in the middle of a job or of a checkpoint',
  check: (documents) => everyService(documents, leavesInTime, 'is killed before it can end by itself'),
  mutate: (documents) => changeService(documents, 'worker', (service) => (service.stop_grace_period = '10s')),
};
