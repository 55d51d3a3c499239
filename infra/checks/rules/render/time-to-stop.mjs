import { changeService, everyService, isOurs, variablesOf } from '../../render-parts.mjs';

/** The longest that Render gives. */
const MOST_SECONDS = 300;
const WORKER_DEADLINE_MS = 240_000;

/** The backend ends by itself after SHUTDOWN_DEADLINE_MS, by default 25 s; a worker's job in hand may take longer. */
function leavesInTime(one) {
  const given = one.service.maxShutdownDelaySeconds;
  const deadline = Number(variablesOf(one).find(({ key }) => key === 'SHUTDOWN_DEADLINE_MS')?.value ?? 25_000);
  if (one.service.name === 'glucolens-worker' && deadline < WORKER_DEADLINE_MS) return false;
  return given >= Math.max(45, deadline / 1_000 + 10) && given <= MOST_SECONDS;
}

export const rule = {
  name: 'time-to-stop',
  why: 'Render kills after 30 s unless told otherwise, in the middle of a job',
  check: (documents) =>
    everyService(documents, (one) => !isOurs(one) || leavesInTime(one), 'is killed before it can end by itself'),
  mutate: (documents) =>
    changeService(documents, 'glucolens-worker', (service) => delete service.maxShutdownDelaySeconds),
};
