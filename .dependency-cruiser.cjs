/**
 * Who may know whom. Paths are relative to the folder the check runs in, so that the same rules also run on
 * `backend/test/boundaries`, where a small tree breaks each of them once.
 */
const { existsSync, readFileSync, readdirSync } = require('node:fs');
const path = require('node:path');

const MODULES = '^backend/src/modules';
const PROVIDER = '\\.(service|repository|guard|writer|strategy|processor|schedule)\\.ts$';

/** The files behind the names that `*.module.ts` files list under `exports`. */
function exportedProviders(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return exportedProviders(file);
    if (!entry.name.endsWith('.module.ts')) return [];
    const text = readFileSync(file, 'utf8');
    const names = [...text.matchAll(/exports:\s*\[([^\]]*)\]/g)].flatMap(([, list]) => list.match(/\w+/g) ?? []);
    return [...text.matchAll(/import\s*\{([^}]*)\}\s*from\s*'(\.[^']*)\.js'/g)]
      .filter(([, imported]) => imported.match(/\w+/g).some((name) => names.includes(name)))
      .map(([, , from]) => path.posix.join(path.relative(process.cwd(), path.dirname(file)), `${from}.ts`));
  });
}

const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const exported = exportedProviders(path.join(process.cwd(), 'backend/src/modules')).map((file) => `^${escape(file)}$`);

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    rule(
      'domain-is-pure',
      'The domain is plain TypeScript: no framework, no package, not even Node.',
      { path: '^backend/src/domain/' },
      { pathNot: '^backend/src/domain/' },
    ),
    rule('no-cycles', 'A cycle is one module in two files.', {}, { circular: true }),
    rule(
      'module-internals',
      'Entities and controllers belong to their module alone.',
      { path: `${MODULES}/([^/]+)/` },
      { path: `${MODULES}/.*\\.(entity|controller)\\.ts$`, pathNot: `${MODULES}/$1/` },
    ),
    rule(
      'module-exports',
      'A module uses of another only the providers that the other lists under `exports`.',
      { path: `${MODULES}/([^/]+)/` },
      { path: `${MODULES}/.*${PROVIDER}`, pathNot: [`${MODULES}/$1/`, ...exported] },
    ),
    rule(
      'controllers-hold-no-data-access',
      'A controller asks its service; rows and queries are none of its business.',
      { path: '\\.controller\\.ts$' },
      { path: ['\\.(entity|repository)\\.ts$', '(^|/)node_modules/(typeorm|@nestjs/typeorm|pg)/'] },
    ),
    rule(
      'features-enqueue-only',
      'Features know the queue and its jobs; who works on them is decided elsewhere.',
      { path: `${MODULES}/(?!background/)` },
      { path: `${MODULES}/background/(processors|schedules)/` },
    ),
    rule(
      'common-knows-no-feature',
      'What all modules share cannot depend on one of them.',
      { path: '^backend/src/(common|config)/' },
      { path: `${MODULES}/` },
    ),
    rule(
      'one-place-knows-prometheus',
      'Features announce to Metrics; what becomes of it is decided there.',
      { path: '^backend/src/(?!common/metrics/)' },
      { path: '(^|/)node_modules/prom-client/' },
    ),
    rule(
      'product-knows-no-test',
      'Nothing that ships imports tests or benchmarks.',
      { path: '^(backend|frontend)/src/' },
      { path: '^(backend/(test|bench)|frontend/(test|e2e))/' },
    ),
    rule(
      'web-knows-no-backend',
      'The web meets the backend at its API.',
      { path: '^frontend/' },
      { path: '^backend/' },
    ),
    rule('backend-knows-no-web', 'The backend serves any client.', { path: '^backend/' }, { path: '^frontend/' }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.next)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: path.join(__dirname, 'tsconfig.base.json') },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
