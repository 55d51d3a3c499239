import { servicesOf, setVariable, variablesOf } from '../../render-parts.mjs';

function dangling({ data }, { fromService, fromDatabase }) {
  if (fromDatabase) return !data.databases?.some(({ name }) => name === fromDatabase.name);
  if (!fromService) return false;
  const target = data.services.find(({ name, type }) => name === fromService.name && type === fromService.type);
  if (!target) return true;
  const { envVarKey } = fromService;
  return Boolean(envVarKey) && !envVarKey.startsWith('RENDER_') && !target.envVars.some(({ key }) => key === envVarKey);
}

export const rule = {
  name: 'references-exist',
  why: 'a reference to nothing leaves the variable empty',
  check: (documents) =>
    servicesOf(documents).flatMap((one) =>
      variablesOf(one)
        .filter((variable) => dangling(one, variable))
        .map(({ key }) => `${one.where} takes ${key} from something that is not in the blueprint`),
    ),
  mutate: (documents) =>
    setVariable(documents, 'glucolens-api', {
      key: 'REDIS_URL',
      fromService: { name: 'glucolens-redis', type: 'keyvalue', property: 'connectionString' },
    }),
};
