import { parse } from 'yaml';
import { readDocuments } from '../frame.mjs';

export const kind = {
  name: 'compose',
  schema: 'compose-spec.schema.json',
  /** The demo first; the second one lies over it. */
  load: (root) =>
    readDocuments(root, ['docker-compose.yml', 'docker-compose.production.yml'], (text) =>
      parse(text, { merge: true }),
    ),
};
