import { changeService, everyService, isOurs } from '../../render-parts.mjs';

export const rule = {
  name: 'deploys-after-checks',
  why: 'a commit whose tests fail must not reach anybody; an unquoted off is the boolean false in YAML 1.1',
  check: (documents) =>
    everyService(
      documents,
      (one) =>
        !isOurs(one) ||
        one.service.runtime === 'image' ||
        (one.service.autoDeployTrigger === 'checksPass' && !('autoDeploy' in one.service)),
      'does not wait for the checks',
    ),
  mutate: (documents) => changeService(documents, 'glucolens-api', (service) => (service.autoDeployTrigger = 'commit')),
};
