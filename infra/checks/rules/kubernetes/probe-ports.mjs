import { servicesOf } from '../../kubernetes-parts.mjs';

/** Where each role answers about its health when nothing else is set. */
const PORTS = { api: 8000, worker: 9465, scheduler: 9466, frontend: 3000 };

export const rule = {
  name: 'probe-ports',
  why: 'a probe at a port where nobody answers restarts a healthy process for ever',
  check: (documents) =>
    servicesOf(documents).flatMap(({ where, container }) => {
      const named = Object.fromEntries(container.ports.map(({ name, containerPort }) => [name, containerPort]));
      return ['startupProbe', 'livenessProbe', 'readinessProbe']
        .filter((probe) => named[container[probe]?.httpGet.port] !== PORTS[container.name])
        .map((probe) => `${where} ${probe} does not ask port ${PORTS[container.name]}`);
    }),
  mutate(documents) {
    servicesOf(documents).find(({ container }) => container.name === 'worker').container.ports[0].containerPort = 8000;
    return documents;
  },
};
