import { containersOf, objectsOf } from '../../kubernetes-parts.mjs';

const SECRET = /SECRET|PASSWORD|TOKEN|API_KEY|PRIVATE|(DATABASE|DIRECT|REDIS|SMTP)_URL$/;

export const rule = {
  name: 'no-secret-values',
  why: 'whoever reads the repository or a ConfigMap would have it',
  check: (documents) => [
    ...objectsOf(documents, 'Secret').map(({ where }) => `${where} stands in the repository`),
    ...objectsOf(documents, 'ConfigMap').flatMap(({ where, object }) =>
      Object.keys(object.data)
        .filter((name) => SECRET.test(name))
        .map((name) => `${where} holds ${name}`),
    ),
    ...containersOf(documents).flatMap(({ where, container }) =>
      (container.env ?? [])
        .filter(({ name, value }) => value !== undefined && SECRET.test(name))
        .map(({ name }) => `${where} writes out ${name}`),
    ),
  ],
  mutate(documents) {
    objectsOf(documents, 'ConfigMap')[0].object.data.SECRET_KEY = 'x';
    return documents;
  },
};
