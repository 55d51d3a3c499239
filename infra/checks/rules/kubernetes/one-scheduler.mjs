import { objectsOf } from '../../kubernetes-parts.mjs';

const isScheduler = ({ object }) => object.metadata.name === 'glucolens-scheduler';

export const rule = {
  name: 'one-scheduler',
  why: 'two schedulers would enqueue the same work at the same tick',
  check: (documents) =>
    objectsOf(documents, 'Deployment')
      .filter(isScheduler)
      .filter(({ object }) => object.spec.replicas !== 1 || object.spec.strategy?.type !== 'Recreate')
      .map(({ where }) => where),
  mutate(documents) {
    objectsOf(documents, 'Deployment').find(isScheduler).object.spec.strategy = { type: 'RollingUpdate' };
    return documents;
  },
};
