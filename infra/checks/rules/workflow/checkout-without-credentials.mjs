import { changeStep, findings, stepsOf } from '../../workflow-parts.mjs';

const checksOut = (step) => step.uses?.startsWith('actions/checkout@') ?? false;

export const rule = {
  name: 'checkout-without-credentials',
  why: 'checkout otherwise leaves the token in .git, where every later step and every artefact finds it',
  check: (documents) =>
    findings(stepsOf(documents), ({ step }) => checksOut(step) && step.with?.['persist-credentials'] !== false),
  mutate: (documents) => changeStep(documents, checksOut, (step) => delete step.with['persist-credentials']),
};
