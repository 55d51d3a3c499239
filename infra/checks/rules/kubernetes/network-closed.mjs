import { objectsOf, podsOf, selects } from '../../kubernetes-parts.mjs';

const closesAll = ({ object: { spec } }) =>
  Object.keys(spec.podSelector).length === 0 && !spec.ingress && !spec.egress && spec.policyTypes.length === 2;

/** Which ports a pod must be able to reach to do its work. */
const NEEDS = {
  'glucolens-api': [5432, 6379, 443, 587],
  'glucolens-worker': [5432, 6379, 443, 587],
  'glucolens-scheduler': [5432, 6379, 443],
  'glucolens-migrate': [5432],
  'glucolens-backup': [5432],
  'glucolens-frontend': [8000],
};

export const rule = {
  name: 'network-closed',
  why: 'everything is closed, and what work needs is open: no more, and no less',
  check: (documents) =>
    documents.flatMap((document) => {
      const policies = objectsOf([document], 'NetworkPolicy');
      const closed = policies.some(closesAll) ? [] : [`${document.path} does not close the network by default`];
      const open = policies
        .filter(({ object }) => (object.spec.ingress ?? []).some(({ from }) => !from?.length))
        .map(({ where }) => `${where} lets everybody in`);
      const missing = podsOf([document]).flatMap(({ where, labels }) => {
        const mine = policies.filter(({ object }) => selects(object.spec.podSelector, labels));
        const ports = mine.flatMap(({ object }) =>
          (object.spec.egress ?? []).flatMap((egress) => egress.ports.map(({ port }) => port)),
        );
        return [53, ...NEEDS[labels['app.kubernetes.io/name']]]
          .filter((port) => !ports.includes(port))
          .map((port) => `${where} cannot reach port ${port}`);
      });
      return [...closed, ...open, ...missing];
    }),
  mutate: (documents) =>
    documents.map((document) => ({
      ...document,
      data: document.data.filter(({ metadata }) => metadata.name !== 'glucolens-stores'),
    })),
};
