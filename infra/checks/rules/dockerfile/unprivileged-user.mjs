import { everyRuntime, instructions, replaceInstruction } from '../../dockerfile-parts.mjs';

export const rule = {
  name: 'unprivileged-user',
  why: 'a process that is taken over should own nothing; a number lets Kubernetes see that it is not root',
  check: (documents) =>
    everyRuntime(
      documents,
      (stage) => /^[1-9]\d*(:\d+)?$/.test(instructions(stage, 'USER').at(-1)?.argument ?? ''),
      'does not end as a numbered user other than root',
    ),
  mutate: (documents) => replaceInstruction(documents, 'USER', 'root'),
};
