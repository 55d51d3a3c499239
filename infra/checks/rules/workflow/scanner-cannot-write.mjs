import { stepsOf, writes } from '../../workflow-parts.mjs';

const scans = (step) => /^(aquasecurity|anchore|snyk)\//.test(step.uses ?? '');

export const rule = {
  name: 'scanner-cannot-write',
  why: 'a scanner reads everything and was itself taken over once; its job must have nothing worth taking',
  check(documents) {
    const scanning = stepsOf(documents).filter(({ step }) => scans(step));
    if (scanning.length === 0) return ['no job scans the images'];
    return scanning
      .filter(({ job }) => writes(job.permissions) || JSON.stringify(job).includes('secrets.'))
      .map(({ where }) => `${where} scans in a job with a write token or a secret`);
  },
  mutate(documents) {
    stepsOf(documents).find(({ step }) => scans(step)).job.permissions.packages = 'write';
    return documents;
  },
};
