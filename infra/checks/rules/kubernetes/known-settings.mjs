import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../local/paths.mjs';
import { containersOf } from '../../kubernetes-parts.mjs';

const backend = readFileSync(join(ROOT, 'backend/src/config/environment.ts'), 'utf8');
const KNOWN = {
  backend: new Set([...backend.matchAll(/^\s{4}([A-Z][A-Z0-9_]+):/gm)].map(([, name]) => name)),
  // Next reads these itself; the rest are the web's own.
  frontend: new Set(['NODE_ENV', 'PORT', 'HOSTNAME', 'API_URL', 'PUBLIC_URL', 'LOG_LEVEL', 'TRUST_PROXY']),
};
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
