import { objectsOf, podsOf } from '../../kubernetes-parts.mjs';

export const rule = {
  name: 'no-cluster-token',
  why: 'no process here asks the cluster anything, so none needs a token for it',
  check: (documents) => [
    ...podsOf(documents)
      .filter(({ pod }) => pod.automountServiceAccountToken !== false || pod.serviceAccountName !== 'glucolens')
      .map(({ where }) => where),
    ...objectsOf(documents, 'ServiceAccount')
      .filter(({ object }) => object.automountServiceAccountToken !== false)
      .map(({ where }) => where),
  ],
  mutate(documents) {
    podsOf(documents)[0].pod.automountServiceAccountToken = true;
    return documents;
  },
};
