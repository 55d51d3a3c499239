/** Three suites: `unit` needs nothing, `medium` and `e2e` need the PostgreSQL that `test/database.setup.cjs` starts. */
const { readFileSync } = require('node:fs');
const swcrc = JSON.parse(readFileSync(`${__dirname}/.swcrc`, 'utf8'));

const shared = {
  rootDir: __dirname,
  testEnvironment: 'node',
  transform: { '^.+\\.(t|j|mj)s$': ['@swc/jest', { ...swcrc, sourceMaps: 'inline' }] },
  // Nest 12 and a few of its dependencies ship as ESM only; Jest runs CommonJS.
  transformIgnorePatterns: [
    '/node_modules/(?!(@nestjs|file-type|strtok3|token-types|uint8array-extras|@tokenizer|@borewit|load-esm|cookie|uuid|ansis|(@fastify/static/node_modules/)?content-disposition)/)',
  ],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
};

const withDatabase = {
  globalSetup: '<rootDir>/test/database.setup.cjs',
  setupFiles: ['<rootDir>/test/database.worker.cjs'],
  globalTeardown: '<rootDir>/test/database.teardown.cjs',
};

module.exports = {
  // Real servers on a busy machine: a limit is there to end what hangs, not to judge speed.
  testTimeout: 90_000,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/unit/**/*.spec.ts', '<rootDir>/test/golden/**/*.spec.ts'],
    },
    { ...shared, ...withDatabase, displayName: 'medium', testMatch: ['<rootDir>/test/medium/**/*.spec.ts'] },
    { ...shared, ...withDatabase, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.spec.ts'] },
  ],
};
