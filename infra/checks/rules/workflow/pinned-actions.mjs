import { changeStep, findings, stepsOf } from '../../workflow-parts.mjs';

const PINNED = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/;

export const rule = {
  name: 'pinned-actions',
  why: 'a tag can be moved to other code; in March 2026 the tags of a scanner were moved to a credential stealer',
  check: (documents) => findings(stepsOf(documents), ({ step }) => step.uses !== undefined && !PINNED.test(step.uses)),
  mutate: (documents) =>
    changeStep(
      documents,
      ({ uses }) => uses,
      (step) => (step.uses = step.uses.replace(/@.*/, '@v7')),
    ),
};
