import { servicesOf, settingsOf } from '../../kubernetes-parts.mjs';

/** Seconds before SIGTERM in which balancers forget a pod, and what is left of the grace when it has ended by itself. */
const SLEEP = 5;
const MARGIN = 10;
/** The default of SHUTDOWN_DEADLINE_MS; a worker's is longer, since a job in hand may take minutes. */
const DEADLINE_MS = 25_000;
const WORKER_DEADLINE_MS = 240_000;

export const rule = {
  name: 'leaves-in-time',
  why: 'a balancer sends requests for some seconds after a pod is told to leave, and a job that is killed runs twice',
  check: (documents) =>
    servicesOf(documents).flatMap((found) => {
      const { where, container, pod } = found;
      const deadline = Number(settingsOf(documents, found).SHUTDOWN_DEADLINE_MS ?? DEADLINE_MS);
      const grace = pod.terminationGracePeriodSeconds ?? 30;
      return [
        ...(container.lifecycle?.preStop?.sleep?.seconds === SLEEP ? [] : [`${where} does not sleep in preStop`]),
        ...(grace >= SLEEP + deadline / 1_000 + MARGIN ? [] : [`${where} is killed before its own deadline`]),
        ...(container.name !== 'worker' || deadline >= WORKER_DEADLINE_MS ? [] : [`${where} cuts long jobs`]),
      ];
    }),
  mutate(documents) {
    delete servicesOf(documents).find(({ container }) => container.name === 'worker').pod.terminationGracePeriodSeconds;
    return documents;
  },
};
