import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readDocuments } from '../frame.mjs';

/** The schema knows overlays and bases; a component has the same fields under another kind. */
export const kind = {
  name: 'kustomization',
  schema: 'kustomization.schema.json',
  load(root) {
    const overlays = readdirSync(join(root, 'infra/k8s/overlays')).map((name) => `overlays/${name}`);
    const paths = ['base', ...overlays].map((folder) => `infra/k8s/${folder}/kustomization.yaml`);
    return readDocuments(root, paths.sort(), (text) => parse(text));
  },
};
