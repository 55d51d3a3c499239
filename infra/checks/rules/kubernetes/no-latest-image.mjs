import { containersOf, findings } from '../../kubernetes-parts.mjs';

export const rule = {
  name: 'no-latest-image',
  why: 'latest is another image tomorrow: two replicas would differ and a rollback would go nowhere',
  check: (documents) =>
    findings(
      containersOf(documents),
      ({ container }) => !/(:(?!latest$)[\w][\w.-]*|@sha256:[0-9a-f]{64})$/.test(container.image),
    ),
  mutate(documents) {
    containersOf(documents)[0].container.image = 'ghcr.io/glucolens/glucolens-backend:latest';
    return documents;
  },
};
