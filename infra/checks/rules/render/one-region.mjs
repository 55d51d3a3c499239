import { changeService, databasesOf, servicesOf } from '../../render-parts.mjs';

export const rule = {
  name: 'one-region',
  why: 'private addresses hold within a region only, and health data should not travel',
  check: (documents) =>
    documents.flatMap((document) => {
      const regions = new Set([
        ...servicesOf([document]).map(({ service }) => service.region),
        ...databasesOf([document]).map(({ database }) => database.region),
      ]);
      return regions.size === 1 && !regions.has(undefined)
        ? []
        : [`${document.path} lies in ${[...regions].join(', ')}`];
    }),
  mutate: (documents) => changeService(documents, 'glucolens-queue', (service) => (service.region = 'oregon')),
};
