import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../local/paths.mjs';
import { changeStep, findings, stepsOf } from '../../workflow-parts.mjs';

const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

/** One command, and one that can be called at a desk as well. */
function isKnown(run) {
  const command = run.trim();
  if (command === 'npm ci' || command === '.ci/run' || command === 'exit 1') return true;
  if (/[\n;|&`]|\$\(/.test(command)) return false;
  const script = /^npm (?:run (?:--silent )?)?([\w:-]+)( -- .+)?$/.exec(command)?.[1];
  if (script) return scripts[script] !== undefined;
  const file = /^node (infra\/[\w./-]+\.mjs)( .+)?$/.exec(command)?.[1];
  return file !== undefined && existsSync(join(ROOT, file));
}

export const rule = {
  name: 'known-commands',
  why: 'logic in a workflow is seen to fail only after a push; a script of this repository is tested by npm test',
  check: (documents) => findings(stepsOf(documents), ({ step }) => step.run !== undefined && !isKnown(step.run)),
  mutate: (documents) =>
    changeStep(
      documents,
      ({ run }) => run,
      (step) => (step.run = 'node infra/ci/no-such-script.mjs'),
    ),
};
