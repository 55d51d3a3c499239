import { changeService, servicesOf } from '../../render-parts.mjs';

export const rule = {
  name: 'queue-keeps-everything',
  why: 'a queue that evicts loses jobs silently',
  check: (documents) =>
    servicesOf(documents)
      .filter(({ service }) => service.type === 'keyvalue' && service.maxmemoryPolicy !== 'noeviction')
      .map(({ where }) => `${where} may evict`),
  mutate: (documents) =>
    changeService(documents, 'glucolens-queue', (service) => (service.maxmemoryPolicy = 'allkeys-lru')),
};
