import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { unknownFields } from '../kubernetes-fields.mjs';

/** The classes of each apiVersion that was met. */
const models = new Map();

const objectsIn = (text) => parseAllDocuments(text).map((document) => document.toJS());

async function load(root) {
  const documents = read(root);
  for (const apiVersion of new Set(documents.flatMap(({ data }) => data.map((object) => object.apiVersion))))
    models.set(apiVersion, await import(`kubernetes-models/${apiVersion}`).catch(() => ({})));
  return documents;
}

/** The overlays as kustomize renders them; without kubectl the files as they are written, before any patch. */
function read(root) {
  const folder = join(root, 'infra/k8s');
  const overlays = readdirSync(join(folder, 'overlays')).sort();
  if (spawnSync('kubectl', ['version', '--client']).status === 0) {
    return overlays.map((name) => {
      const path = `infra/k8s/overlays/${name}`;
      const { status, stdout, stderr } = spawnSync('kubectl', ['kustomize', join(root, path)], { encoding: 'utf8' });
      if (status !== 0) throw new Error(`${path} does not render: ${stderr}`);
      return { path, text: stdout, data: objectsIn(stdout) };
    });
  }
  process.stdout.write(`NOT RUN: rendering of ${overlays.join(' and ')}, since kubectl is not installed\n`);
  const files = ['base', 'components/backup'].flatMap((part) =>
    readdirSync(join(folder, part))
      .filter((name) => name.endsWith('.yaml') && name !== 'kustomization.yaml')
      .map((name) => readFileSync(join(folder, part, name), 'utf8')),
  );
  const text = files.join('\n---\n');
  return [{ path: 'infra/k8s', text, data: objectsIn(text) }];
}

/** Values first, then names: the validators pass a field that does not exist. */
function lint({ data }) {
  const wrong = data.flatMap((object) => {
    const name = `${object.kind} ${object.metadata?.name}`;
    const Model = models.get(object.apiVersion)?.[object.kind];
    if (!Model) return [`${name}: Kubernetes knows no ${object.apiVersion} ${object.kind}`];
    try {
      new Model(object).validate();
      return [];
    } catch (error) {
      return [`${name}: ${error.message}`];
    }
  });
  return wrong.length > 0 ? wrong : unknownFields(data);
}

export const kind = { name: 'kubernetes', load, lint };
