import { changeStep, findings, stepsOf } from '../../workflow-parts.mjs';

export const rule = {
  name: 'no-expression-in-shell',
  why: 'GitHub pastes an expression into the script before the shell reads it: a title like $(…) would be run',
  check: (documents) => findings(stepsOf(documents), ({ step }) => String(step.run ?? '').includes('${{')),
  mutate: (documents) =>
    changeStep(
      documents,
      ({ run }) => run,
      (step) => (step.run = 'echo "${{ github.event.pull_request.title }}"'),
    ),
};
