import { changeService, everyService, isOurs } from '../../render-parts.mjs';

/** The backend ends by itself within 25 s; a worker's job in hand may take longer. */
const LEAST_SECONDS = { worker: 300 };

export const rule = {
  name: 'time-to-stop',
  why: 'Render kills after 30 s unless told otherwise, in the middle of a job',
  check: (documents) =>
    everyService(
      documents,
      (one) => {
        const least = one.service.name === 'glucolens-worker' ? LEAST_SECONDS.worker : 45;
        const given = one.service.maxShutdownDelaySeconds;
        return !isOurs(one) || (given >= least && given <= 300);
      },
      'is killed before it can end by itself',
    ),
  mutate: (documents) =>
    changeService(documents, 'glucolens-worker', (service) => delete service.maxShutdownDelaySeconds),
};
