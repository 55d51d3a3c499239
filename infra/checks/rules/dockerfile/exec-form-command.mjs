import { everyRuntime, instructions, replaceInstruction } from '../../dockerfile-parts.mjs';

const runsNode = (stage) => {
  const command = instructions(stage, 'CMD').at(-1)?.json;
  return instructions(stage, 'ENTRYPOINT').length === 0 && command?.[0] === 'node';
};

export const rule = {
  name: 'exec-form-command',
  why: 'a shell as process 1 swallows SIGTERM, and work in hand is lost at every deployment; npm is no better',
  check: (documents) => everyRuntime(documents, runsNode, 'does not run node itself as process 1'),
  mutate: (documents) => replaceInstruction(documents, 'CMD', '["npm", "start"]', ['npm', 'start']),
};
