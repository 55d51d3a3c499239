import { findings, jobsOf } from '../../workflow-parts.mjs';

export const rule = {
  name: 'bounded-jobs',
  why: 'a job that hangs would run for six hours',
  check: (documents) =>
    findings(jobsOf(documents), ({ job }) => !(job['timeout-minutes'] >= 1 && job['timeout-minutes'] <= 60)),
  mutate(documents) {
    delete jobsOf(documents)[0].job['timeout-minutes'];
    return documents;
  },
};
