import { changeService, servicesOf } from '../../compose-parts.mjs';

export const rule = {
  name: 'postgres-volume',
  why: 'the image of PostgreSQL 18 refuses to start with a volume at /var/lib/postgresql/data',
  check: (documents) =>
    servicesOf(documents)
      .filter(({ name, service }) => name === 'postgres' && service.image.startsWith('postgres:'))
      .filter(({ service }) => !service.volumes?.some((volume) => /^\w+:\/var\/lib\/postgresql$/.test(volume)))
      .map(({ where }) => `${where} keeps its data elsewhere than in a volume at /var/lib/postgresql`),
  mutate: (documents) =>
    changeService(documents, 'postgres', (service) => (service.volumes = ['postgres:/var/lib/postgresql/data'])),
};
