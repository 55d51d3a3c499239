import { servicesOf } from '../../kubernetes-parts.mjs';

/** Seconds a role may need after SIGTERM: a request or a job that runs is finished. */
const GRACE = { worker: 300 };
const OTHERS = 45;

export const rule = {
  name: 'leaves-in-time',
  why: 'a balancer sends requests for some seconds after a pod is told to leave, and a job that is killed runs twice',
  check: (documents) =>
    servicesOf(documents)
      .filter(
        ({ container, pod }) =>
          container.lifecycle?.preStop?.sleep?.seconds !== 5 ||
          pod.terminationGracePeriodSeconds !== (GRACE[container.name] ?? OTHERS),
      )
      .map(({ where }) => where),
  mutate(documents) {
    delete servicesOf(documents).find(({ container }) => container.name === 'worker').pod.terminationGracePeriodSeconds;
    return documents;
  },
};
