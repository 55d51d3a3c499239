import { changeService, everyService, isOneShot, seconds } from '../../compose-parts.mjs';

/** The backend ends by itself within 25 s; a worker's job in hand may take longer. */
const LEAST = { worker: 300, migrate: 300, valkey: 30 };

export const rule = {
  name: 'grace-periods',
  why: 'Docker kills after ten seconds unless told otherwise, in the middle of a job or of a checkpoint',
  check: (documents) =>
    everyService(
      documents,
      (one) =>
        (isOneShot(one) && !LEAST[one.name]) || seconds(one.service.stop_grace_period) >= (LEAST[one.name] ?? 45),
      'is killed before it can end by itself',
    ),
  mutate: (documents) => changeService(documents, 'worker', (service) => (service.stop_grace_period = '10s')),
};
