import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import Ajv from 'ajv';
import Ajv2020 from 'ajv/dist/2020.js';
import { ROOT } from '../local/paths.mjs';

const HERE = join(ROOT, 'infra/checks');

async function modulesOf(folder) {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.mjs'));
  return Promise.all(names.sort().map((name) => import(pathToFileURL(join(folder, name)).href)));
}

/**
 * Every kind of file that is checked: `{ name, load(root), parse?(text, path), lint?(document), schema? }`. `load` answers
 * the documents, each `{ path, text, data }`, where `data` is plain values that can be cloned.
 */
export const loadKinds = async () => (await modulesOf(join(HERE, 'kinds'))).map(({ kind }) => kind);

/** The rules of a kind: `{ name, why, check(documents) → findings, mutate(documents) → documents }`. */
export const loadRules = async (kind) => (await modulesOf(join(HERE, 'rules', kind.name))).map(({ rule }) => rule);

/** The documents as they stand in the repository; no document of a kind is a finding of its own. */
export async function loadDocuments(kind) {
  const documents = await kind.load(ROOT);
  if (documents.length === 0) throw new Error(`no file of kind ${kind.name}`);
  return documents;
}

/** What a rule says when its `mutate` has broken a copy of these documents. */
export function findingsOfMutation(rule, documents) {
  return rule.check(rule.mutate(structuredClone(documents)));
}

/**
 * What a published JSON schema says of each document, or `null` where its file is not at hand: such schemas come without
 * a licence to pass them on, so they lie beside the repository.
 */
export function schemaFindings(kind, documents) {
  const file = join(resolve(ROOT, process.env.REFERENCE_DATA || '../shared'), 'schemas', kind.schema);
  if (!existsSync(file)) return null;
  const { $schema, ...schema } = JSON.parse(readFileSync(file, 'utf8'));
  const Validator = $schema?.includes('2020-12') ? Ajv2020 : Ajv;
  const validate = new Validator({ strict: false, allErrors: true, validateFormats: false }).compile(schema);
  return documents.flatMap(({ path, data }) =>
    validate(data) ? [] : validate.errors.map(({ instancePath, message }) => `${path}${instancePath} ${message}`),
  );
}

/** Reads text files below the root into documents. */
export function readDocuments(root, paths, parse) {
  return paths.map((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    return { path, text, data: parse(text, path) };
  });
}
