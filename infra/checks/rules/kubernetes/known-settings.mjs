import { backendVariables, webVariables } from '../../environment-variables.mjs';
import { containersOf } from '../../kubernetes-parts.mjs';

const KNOWN = { backend: backendVariables, frontend: webVariables };
/** One ConfigMap serves backend and web. */
const SHARED = new Set([...KNOWN.backend, ...KNOWN.frontend]);

export const rule = {
  name: 'known-settings',
  why: 'a misspelt setting is no error: the process runs on with the default',
  check: (documents) =>
    containersOf(documents).flatMap(({ where, path, container }) => {
      const image = /glucolens-(backend|frontend):/.exec(container.image)?.[1];
      if (!image) return [];
      const { data } = documents.find((document) => document.path === path);
      const maps = (container.envFrom ?? []).flatMap(({ configMapRef }) =>
        Object.keys(
          data.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === configMapRef?.name)?.data ?? {},
        ),
      );
      const own = (container.env ?? []).map(({ name }) => name);
      return [...own.filter((name) => !KNOWN[image].has(name)), ...maps.filter((name) => !SHARED.has(name))].map(
        (name) => `${where} sets ${name}`,
      );
    }),
  mutate(documents) {
    const found = containersOf(documents).find(({ container }) =>
      container.env?.some(({ name }) => name === 'DATABASE_POOL_SIZE'),
    );
    found.container.env.find(({ name }) => name === 'DATABASE_POOL_SIZE').name = 'DATABASE_POOLSIZE';
    return documents;
  },
};
