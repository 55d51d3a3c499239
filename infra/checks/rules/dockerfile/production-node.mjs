import { everyRuntime, instructions, withoutInstruction } from '../../dockerfile-parts.mjs';

export const rule = {
  name: 'production-node',
  why: 'the backend makes up a missing SECRET_KEY outside production',
  check: (documents) =>
    everyRuntime(
      documents,
      (stage) => instructions(stage, 'ENV').some(({ argument }) => /\bNODE_ENV=production\b/.test(argument)),
      'does not set NODE_ENV=production',
    ),
  mutate: (documents) => withoutInstruction(documents, 'ENV'),
};
