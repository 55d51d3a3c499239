import { changeService, everyService, isWeb } from '../../render-parts.mjs';

function expected(one) {
  if (isWeb(one)) return '/healthz';
  return one.service.plan === 'free' ? '/health/live' : '/health/ready';
}

export const rule = {
  name: 'health-paths',
  why: 'a paid deployment waits until its database answers; a free one must not restart for ever once its database expired',
  check: (documents) =>
    everyService(
      documents,
      (one) =>
        one.service.type === 'web' ? one.service.healthCheckPath === expected(one) : !one.service.healthCheckPath,
      'is not asked the right question',
    ),
  mutate: (documents) => changeService(documents, 'glucolens-api', (service) => (service.healthCheckPath = '/')),
};
