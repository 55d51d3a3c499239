import { runsBackend, runsWeb, servicesOf } from '../../compose-parts.mjs';

export const rule = {
  name: 'honest-production',
  why: 'public demo logins beside real patients, cookies without Secure, or addresses nobody can trust',
  check: (documents) =>
    servicesOf(documents)
      .filter(({ production, name, service }) => production && name !== 'secrets' && !service.profiles)
      .flatMap((one) => {
        const { where, service } = one;
        const { SEED_DEMO, PUBLIC_URL, TRUST_PROXY } = service.environment;
        if (!runsBackend(one) && !runsWeb(one)) return [];
        return [
          ...(PUBLIC_URL.startsWith('https:') ? [] : [`${where} has no https address`]),
          ...(runsBackend(one) && SEED_DEMO !== 'false' ? [`${where} fills the demo clinic`] : []),
          ...(runsBackend(one) && TRUST_PROXY !== '2' ? [`${where} counts its proxies wrongly`] : []),
        ];
      }),
  mutate(documents) {
    documents[1].data.services.api.environment.SEED_DEMO = 'true';
    return documents;
  },
};
