import { isOurs, isWeb, servicesOf, setVariable, variablesOf } from '../../render-parts.mjs';

export const rule = {
  name: 'one-secret-key',
  why: 'a key generated twice makes the tokens of one process invalid for the other',
  check: (documents) =>
    documents.flatMap((document) => {
      const keys = servicesOf([document])
        .filter((one) => isOurs(one) && !isWeb(one))
        .map((one) => variablesOf(one).find(({ key }) => key === 'SECRET_KEY'));
      const made = keys.filter((variable) => variable?.generateValue).length;
      const taken = keys.filter((variable) => variable?.fromService?.envVarKey === 'SECRET_KEY').length;
      return made === 1 && made + taken === keys.length ? [] : [`${document.path} has not one SECRET_KEY for all`];
    }),
  mutate: (documents) => setVariable(documents, 'glucolens-worker', { key: 'SECRET_KEY', generateValue: true }),
};
