import { stepsOf } from '../../workflow-parts.mjs';

const checksOut = (step) => step.uses?.startsWith('actions/checkout@');

/** `workflow_run` runs with the repository's secrets, also after the workflow of a fork. */
const guarded = ({ workflow }) =>
  (workflow.on.workflow_run.branches ?? []).every((branch) => ['main', 'develop'].includes(branch)) &&
  workflow.on.workflow_run.branches?.length > 0;

export const rule = {
  name: 'no-foreign-code-with-secrets',
  why: 'code of a pull request that runs with secrets or a write token can take both',
  check: (documents) => [
    ...documents
      .filter(({ data }) => data.on.pull_request_target !== undefined)
      .map(({ path }) => `${path} runs on pull_request_target`),
    ...stepsOf(documents)
      .filter((found) => found.workflow.on.workflow_run && checksOut(found.step) && !guarded(found))
      .map(({ where }) => `${where} checks out code after a workflow of any branch`),
  ],
  mutate(documents) {
    documents[0].data.on.pull_request_target = {};
    return documents;
  },
};
