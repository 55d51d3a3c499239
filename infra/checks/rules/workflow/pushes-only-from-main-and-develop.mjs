import { jobsOf, writes } from '../../workflow-parts.mjs';

const GATE = "github.event_name == 'push' && (github.ref == 'refs/heads/main' || github.ref == 'refs/heads/develop')";

const pushes = (job) =>
  job.permissions?.packages === 'write' ||
  (job.steps ?? []).some((step) => step.uses?.startsWith('docker/login-action@') || step.with?.push !== undefined);

export const rule = {
  name: 'pushes-only-from-main-and-develop',
  why: 'an image in the registry is one that reviewed code made',
  check: (documents) =>
    jobsOf(documents).flatMap(({ where, job, workflow }) => {
      if (!pushes(job))
        return writes(job.permissions) && workflow.on.pull_request !== undefined
          ? [`${where} may write on a pull request`]
          : [];
      return [
        ...(job.if === GATE ? [] : [`${where} pushes under another condition than: ${GATE}`]),
        ...(job.needs?.length > 0 ? [] : [`${where} pushes what no job has verified`]),
      ];
    }),
  mutate(documents) {
    delete jobsOf(documents).find(({ job }) => pushes(job)).job.if;
    return documents;
  },
};
