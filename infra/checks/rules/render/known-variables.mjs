import { isOurs, isWeb, servicesOf, setVariable, variablesOf } from '../../render-parts.mjs';
import { variableFindings } from '../../environment-variables.mjs';

export const rule = {
  name: 'known-variables',
  why: 'a variable with a typo is silently nothing, and a missing one stops the service',
  check: (documents) =>
    servicesOf(documents)
      .filter(isOurs)
      .flatMap((one) => {
        const variables = Object.fromEntries(variablesOf(one).map(({ key }) => [key, true]));
        // The web finds its own address in RENDER_EXTERNAL_URL.
        if (isWeb(one)) variables.PUBLIC_URL = true;
        return variableFindings(one.where, isWeb(one) ? 'web' : 'backend', variables);
      }),
  mutate: (documents) => setVariable(documents, 'glucolens-api', { key: 'ALLOWED_ORIGINS', value: '*' }),
};
