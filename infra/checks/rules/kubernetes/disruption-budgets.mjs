import { objectsOf, podsOf, selects } from '../../kubernetes-parts.mjs';

const single = ({ spec }) => spec.replicas === 1;

export const rule = {
  name: 'disruption-budgets',
  why: 'draining a node must leave one of each that runs, and a budget for a single pod would block the drain for ever',
  check: (documents) =>
    documents.flatMap((document) => {
      const budgets = objectsOf([document], 'PodDisruptionBudget');
      return podsOf([document])
        .filter(({ object }) => object.kind === 'Deployment')
        .flatMap(({ where, object, labels }) => {
          const own = budgets.filter((budget) => selects(budget.object.spec.selector, labels));
          if (single(object)) return own.length > 0 ? [`${where} is single and has a budget`] : [];
          return own.length === 1 ? [] : [`${where} has ${own.length} disruption budgets`];
        });
    }),
  mutate: (documents) =>
    documents.map((document) => ({
      ...document,
      data: document.data.filter(({ kind }) => kind !== 'PodDisruptionBudget'),
    })),
};
