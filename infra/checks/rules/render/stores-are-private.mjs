import { changeService, databasesOf, servicesOf } from '../../render-parts.mjs';

const isClosed = (list) => Array.isArray(list) && list.length === 0;

export const rule = {
  name: 'stores-are-private',
  why: 'without an empty allow-list a database answers the whole internet',
  check: (documents) => [
    ...servicesOf(documents)
      .filter(
        ({ service }) => service.type === 'redis' || (service.type === 'keyvalue' && !isClosed(service.ipAllowList)),
      )
      .map(({ where }) => `${where} is open, or of the deprecated type`),
    ...databasesOf(documents)
      .filter(({ database }) => !isClosed(database.ipAllowList))
      .map(({ where }) => `${where} is open`),
  ],
  mutate: (documents) => changeService(documents, 'glucolens-queue', (service) => delete service.ipAllowList),
};
