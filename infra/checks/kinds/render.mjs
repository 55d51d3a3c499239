import { parse } from 'yaml';
import { readDocuments } from '../frame.mjs';

export const kind = {
  name: 'render',
  schema: 'render-blueprints.schema.json',
  load: (root) =>
    readDocuments(root, ['render.yaml', 'render.production.yaml', 'render.image.yaml'], (text) => parse(text)),
};
