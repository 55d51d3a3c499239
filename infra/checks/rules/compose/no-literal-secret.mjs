import { changeService, servicesOf } from '../../compose-parts.mjs';
import { SECRET_NAME } from '../../environment-variables.mjs';

const isLiteral = ([name, value]) =>
  SECRET_NAME.test(name) &&
  !name.endsWith('_FILE') &&
  name !== 'GENERATE_SECRETS' &&
  !/^\$\{\w+:\?/.test(String(value));

export const rule = {
  name: 'no-literal-secret',
  why: 'a default password is everybody’s password; production must ask for its own and say so when it is missing',
  check(documents) {
    const services = servicesOf(documents);
    const literal = services.flatMap(({ where, service }) =>
      Object.entries(service.environment ?? {})
        .filter((entry) => isLiteral(entry) || /:\/\/\w+:[^@$]+@/.test(String(entry[1])))
        .map(([name]) => `${where} carries ${name}`),
    );
    const { environment } = services.find(({ name, production }) => production && name === 'secrets').service;
    const asked = environment.GENERATE_SECRETS === 'false' && environment.SECRET_KEY && environment.DATABASE_PASSWORD;
    return [...literal, ...(asked ? [] : ['production makes up its own secrets'])];
  },
  mutate: (documents) =>
    changeService(documents, 'api', ({ environment }) => (environment.SECRET_KEY = 'change-me-please')),
};
