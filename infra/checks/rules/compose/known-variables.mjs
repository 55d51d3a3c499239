import { changeService, runsBackend, runsWeb, servicesOf } from '../../compose-parts.mjs';
import { variableFindings } from '../../environment-variables.mjs';

export const rule = {
  name: 'known-variables',
  why: 'a variable with a typo is silently nothing, and a missing one stops the container',
  check: (documents) =>
    servicesOf(documents)
      .filter(({ name }) => name !== 'secrets')
      .flatMap((one) => {
        const role = runsBackend(one) ? 'backend' : runsWeb(one) ? 'web' : null;
        return role ? variableFindings(one.where, role, one.service.environment) : [];
      }),
  mutate: (documents) => changeService(documents, 'api', ({ environment }) => (environment.ALLOWED_ORIGINS = '*')),
};
