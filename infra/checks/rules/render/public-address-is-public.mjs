import { isWeb, servicesOf, setVariable, variablesOf } from '../../render-parts.mjs';

/** Addresses that must hold for a browser, or for a caller that has no private network. */
const mustBePublic = (one) => (key) =>
  key === 'PUBLIC_URL' || key === 'CORS_ORIGINS' || (isWeb(one) && one.service.plan === 'free' && key === 'API_URL');

export const rule = {
  name: 'public-address-is-public',
  why: 'the host of a service is its private name, which browsers cannot reach, and free services neither',
  check: (documents) =>
    servicesOf(documents).flatMap((one) =>
      variablesOf(one)
        .filter(({ key }) => mustBePublic(one)(key))
        .filter(({ fromService }) => fromService?.envVarKey !== 'RENDER_EXTERNAL_URL')
        .map(({ key }) => `${one.where} takes ${key} from a private name`),
    ),
  mutate: (documents) =>
    setVariable(documents, 'glucolens-frontend', {
      key: 'API_URL',
      fromService: { name: 'glucolens-api', type: 'web', property: 'host' },
    }),
};
