import { changeService, everyService } from '../../render-parts.mjs';

const HAVE_FREE = ['web', 'keyvalue'];

export const rule = {
  name: 'free-where-it-exists',
  why: 'the schema accepts a free worker, and the platform refuses it',
  check: (documents) =>
    everyService(
      documents,
      ({ service }) => service.plan && (service.plan !== 'free' || HAVE_FREE.includes(service.type)),
      'has no plan, or a free plan that its type does not have',
    ),
  mutate: (documents) => changeService(documents, 'glucolens-worker', (service) => (service.plan = 'free')),
};
