import { servicesOf, setVariable, variablesOf } from '../../render-parts.mjs';
import { SECRET_NAME } from '../../environment-variables.mjs';

export const rule = {
  name: 'no-literal-secret',
  why: 'what stands in the blueprint stands in the repository',
  check: (documents) =>
    servicesOf(documents).flatMap((one) =>
      variablesOf(one)
        .filter(({ key, value }) => value !== undefined && (SECRET_NAME.test(key) || key.endsWith('_URL')))
        .map(({ key }) => `${one.where} carries ${key}`),
    ),
  mutate: (documents) =>
    setVariable(documents, 'glucolens-api', { key: 'SECRET_KEY', value: 'change-me-in-production' }),
};
