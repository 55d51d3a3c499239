import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { backendVariables } from '../../checks/environment-variables.mjs';
import { ROOT } from '../paths.mjs';

const read = (path) => readFileSync(join(ROOT, path), 'utf8');
const pagesIn = (folder) => readdirSync(join(ROOT, folder)).filter((name) => name.endsWith('.md'));

const PAGES = ['', 'docs', 'docs/decisions', 'infra/checks', 'infra/ecs', 'infra/k8s', '.github/workflows'].flatMap(
  (folder) => pagesIn(folder || '.').map((name) => join(folder, name)),
);

/** The anchors of a page, made of its headings as GitHub does. */
const anchorsOf = (path) =>
  [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );

for (const page of PAGES) {
  test(`every link of ${page} inside this repository leads somewhere`, () => {
    for (const [, target] of read(page).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^(https?|mailto):/.test(target)) continue;
      const [path, anchor] = target.split('#');
      const file = path ? join(dirname(page), path) : page;
      assert.ok(existsSync(join(ROOT, file)), target);
      if (anchor) assert.ok(anchorsOf(file).includes(anchor), target);
    }
  });
}

test('the list of decisions names every page of them', () => {
  const listed = read('docs/decisions/README.md');
  for (const name of pagesIn('docs/decisions'))
    if (name !== 'README.md') assert.ok(listed.includes(`](${name})`), name);
});

test('every setting of the backend stands in the README', () => {
  const readme = read('README.md');
  // Told by the platform, or by who builds an image.
  const untold = ['NODE_ENV', 'NODE_OPTIONS', 'HEALTHCHECK_URL', 'HOSTNAME', 'PORT', 'TZ', 'RENDER_GIT_COMMIT'];
  for (const name of backendVariables)
    if (!untold.includes(name) && !name.endsWith('_FILE')) assert.ok(readme.includes(`\`${name}\``), name);
});

test('every variable of a blueprint stands in DEPLOY_TO_RENDER.md', () => {
  const guide = read('DEPLOY_TO_RENDER.md');
  for (const file of ['render.yaml', 'render.production.yaml', 'render.image.yaml'])
    for (const { envVars = [] } of parse(read(file)).services)
      for (const { key } of envVars) assert.ok(guide.includes(`\`${key}\``), `${file}: ${key}`);
});
