import { stepsOf } from '../../workflow-parts.mjs';

const builds = ({ step }) => step.uses?.startsWith('docker/build-push-action@') ?? false;

export const rule = {
  name: 'images-are-verified',
  why: 'an image that was only built may not start, may have the wrong commit or ignore SIGTERM',
  check: (documents) =>
    stepsOf(documents)
      .filter((found) => builds(found) && found.step.with?.load)
      .filter(({ job }) => {
        const after = job.steps.slice(job.steps.findIndex((step) => step.with?.load));
        const smoke = after.some(({ run }) => run?.startsWith('node infra/ci/smoke.mjs'));
        return (
          !smoke ||
          !job.services?.postgres?.image?.startsWith('postgres:18') ||
          !job.services?.valkey?.image?.startsWith('valkey/valkey:8')
        );
      })
      .map(({ where }) => `${where} builds an image that is not started against PostgreSQL 18 and Valkey 8`),
  mutate(documents) {
    const { job } = stepsOf(documents).find((found) => builds(found) && found.step.with?.load);
    job.steps = job.steps.filter(({ run }) => !run?.includes('smoke'));
    return documents;
  },
};
