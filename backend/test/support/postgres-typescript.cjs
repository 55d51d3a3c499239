/** Lets plain Node require the backend's TypeScript sources: what the tests migrate with is what was just edited. */
const { existsSync, readFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { transformSync } = require('@swc/core');

const swcrc = JSON.parse(readFileSync(path.join(__dirname, '../../.swcrc'), 'utf8'));

Module._extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    ...swcrc,
    swcrc: false,
    filename,
    sourceMaps: 'inline',
  });
  module._compile(code, filename);
};

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function resolve(request, parent, ...rest) {
  const isRelative = /^\.{1,2}\/.*\.js$/.test(request) && parent?.filename?.endsWith('.ts');
  const source = isRelative && path.resolve(path.dirname(parent.filename), request.replace(/\.js$/, '.ts'));
  return source && existsSync(source) ? source : resolveFilename.call(this, request, parent, ...rest);
};
