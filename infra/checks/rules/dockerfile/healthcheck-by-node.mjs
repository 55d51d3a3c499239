import { everyRuntime, instructions, withoutInstruction } from '../../dockerfile-parts.mjs';

export const rule = {
  name: 'healthcheck-by-node',
  why: 'the image has no curl, and plain docker and compose watch nothing else',
  check: (documents) =>
    everyRuntime(
      documents,
      (stage) => instructions(stage, 'HEALTHCHECK').at(-1)?.json?.[0] === 'node',
      'has no HEALTHCHECK that node runs',
    ),
  mutate: (documents) => withoutInstruction(documents, 'HEALTHCHECK'),
};
