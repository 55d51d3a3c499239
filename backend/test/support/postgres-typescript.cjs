/**
 * Lets plain Node require the backend's TypeScript sources: what the tests migrate with is what was just edited. What a file
 * became is kept under its contents, since dozens of processes of one run require the same hundreds of files.
 */
const { createHash } = require('node:crypto');
const { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { threadId } = require('node:worker_threads');

const KEPT = path.join(__dirname, '../../../node_modules/.cache/glucolens-test-sources');
const settings = readFileSync(path.join(__dirname, '../../.swcrc'), 'utf8');
const { version } = require('@swc/core/package.json');
mkdirSync(KEPT, { recursive: true });

Module._extensions['.ts'] = (module, filename) => {
  const source = readFileSync(filename, 'utf8');
  const key = createHash('sha256').update([version, settings, filename, source].join('\0')).digest('hex');
  const file = path.join(KEPT, `${key}.js`);
  if (!existsSync(file)) transpile(source, filename, file);
  module._compile(readFileSync(file, 'utf8'), filename);
};

function transpile(source, filename, file) {
  const { transformSync } = require('@swc/core');
  const { code } = transformSync(source, { ...JSON.parse(settings), swcrc: false, filename, sourceMaps: 'inline' });
  // Whoever reads beside us sees all of it or nothing.
  const own = `${file}.${process.pid}.${threadId}`;
  writeFileSync(own, code);
  renameSync(own, file);
}

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function resolve(request, parent, ...rest) {
  const isRelative = /^\.{1,2}\/.*\.js$/.test(request) && parent?.filename?.endsWith('.ts');
  const source = isRelative && path.resolve(path.dirname(parent.filename), request.replace(/\.js$/, '.ts'));
  return source && existsSync(source) ? source : resolveFilename.call(this, request, parent, ...rest);
};
