import { changeService, isOneShot, servicesOf } from '../../compose-parts.mjs';

export const rule = {
  name: 'health-gated-start',
  why: 'a container that runs is not one that answers, and nobody may start before the migrations have ended',
  check: (documents) => [
    ...servicesOf(documents).flatMap(({ where, production, service }) => {
      if (Array.isArray(service.depends_on)) return [`${where} waits for containers only`];
      return Object.entries(service.depends_on ?? {}).flatMap(([name, { condition }]) => {
        const target = servicesOf(documents).find((one) => one.name === name && one.production === production);
        if (!target) return [`${where} waits for ${name}, which does not exist`];
        const wanted = isOneShot(target) ? 'service_completed_successfully' : 'service_healthy';
        return condition === wanted ? [] : [`${where} waits for ${name} to be ${condition}`];
      });
    }),
    ...servicesOf(documents)
      .filter(({ name }) => ['api', 'worker', 'scheduler', 'seed'].includes(name))
      .filter(({ service }) => !service.depends_on?.migrate)
      .map(({ where }) => `${where} does not wait for the migrations`),
  ],
  mutate: (documents) =>
    changeService(
      documents,
      'worker',
      (service) => (service.depends_on = { postgres: { condition: 'service_started' } }),
    ),
};
