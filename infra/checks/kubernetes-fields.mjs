import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from '../local/paths.mjs';

const OPTIONS = {
  noEmit: true,
  strict: true,
  skipLibCheck: true,
  types: [],
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
};

/**
 * Fields that Kubernetes does not know: it drops them in silence or refuses them at the worst time, and the validators of
 * the models let them pass. Their types do not, so the objects are put before the compiler as literals.
 */
export function unknownFields(objects) {
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, '.cache', 'kubernetes-'));
  const file = join(folder, 'objects.ts');
  const apis = [...new Set(objects.map(({ apiVersion }) => apiVersion))];
  const imports = apis.map((api, index) => `import type * as api${index} from 'kubernetes-models/${api}';`);
  const literals = objects.map((object, index) => {
    const type = `api${apis.indexOf(object.apiVersion)}.I${object.kind}`;
    return `export const object${index}: ${type} = ${JSON.stringify(object, null, 1).replaceAll('\n', ' ')};`;
  });
  try {
    writeFileSync(file, [...imports, ...literals].join('\n'));
    const program = ts.createProgram([file], OPTIONS);
    return ts.getPreEmitDiagnostics(program).map(({ file: source, start, messageText }) => {
      const line = source ? source.getLineAndCharacterOfPosition(start).line - imports.length : -1;
      const object = objects[line];
      return `${object ? `${object.kind} ${object.metadata?.name}` : 'types'}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
