import { servicesOf } from '../../kubernetes-parts.mjs';

const WANTED = {
  startupProbe: { periodSeconds: 2, failureThreshold: 45 },
  livenessProbe: { periodSeconds: 10, failureThreshold: 3 },
  readinessProbe: { periodSeconds: 5, failureThreshold: 2 },
};
const PATHS = { livenessProbe: ['/health/live', '/healthz'], readinessProbe: ['/health/ready', '/healthz'] };

export const rule = {
  name: 'probes',
  why: 'liveness decides on restarts and must not ask the database; startup waits as long as the database is waited for',
  check: (documents) =>
    servicesOf(documents).flatMap(({ where, container }) =>
      Object.entries(WANTED).flatMap(([name, numbers]) => {
        const probe = container[name];
        if (!probe?.httpGet) return [`${where} has no ${name}`];
        const wrong = Object.entries({ ...numbers, timeoutSeconds: 3 }).filter(([key, value]) => probe[key] !== value);
        const path =
          PATHS[name]?.includes(probe.httpGet.path) === false ? [`${where} ${name} asks ${probe.httpGet.path}`] : [];
        return [...wrong.map(([key, value]) => `${where} ${name}.${key} is not ${value}`), ...path];
      }),
    ),
  mutate(documents) {
    servicesOf(documents)[0].container.livenessProbe.httpGet.path = '/health/ready';
    return documents;
  },
};
