import { objectsOf } from '../../kubernetes-parts.mjs';

export const rule = {
  name: 'scales-between-bounds',
  why: 'each deployment has a number of its own or a scaler, never both: they would undo each other; and a pool of a size that can be added up',
  check: (documents) =>
    documents.flatMap((document) => {
      const scalers = objectsOf([document], 'HorizontalPodAutoscaler').map(({ object }) => object.spec);
      return objectsOf([document], 'Deployment').flatMap(({ where, object }) => {
        const own = scalers.filter(({ scaleTargetRef }) => scaleTargetRef.name === object.metadata.name);
        const fixed = object.spec.replicas !== undefined;
        const env = object.spec.template.spec.containers[0].env ?? [];
        const backend = env.some(({ name }) => name === 'PROCESS_ROLE');
        const pool = env.find(({ name }) => name === 'DATABASE_POOL_SIZE');
        return [
          ...(own.length + Number(fixed) === 1
            ? []
            : [`${where} has ${own.length} scalers and ${fixed ? 'a' : 'no'} number of replicas`]),
          ...(backend && !pool ? [`${where} does not say how many connections it takes`] : []),
        ];
      });
    }),
  mutate(documents) {
    objectsOf(documents, 'Deployment')[0].object.spec.replicas = 5;
    return documents;
  },
};
