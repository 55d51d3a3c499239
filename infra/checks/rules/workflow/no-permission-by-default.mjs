import { jobsOf } from '../../workflow-parts.mjs';

export const rule = {
  name: 'no-permission-by-default',
  why: 'a job has what it names and nothing else, so a new job starts with nothing',
  check: (documents) => [
    ...documents
      .filter(({ data }) => JSON.stringify(data.permissions) !== '{}')
      .map(({ path }) => `${path} does not start with permissions: {}`),
    ...jobsOf(documents)
      .filter(({ job }) => typeof job.permissions !== 'object')
      .map(({ where }) => `${where} names no permissions`),
  ],
  mutate(documents) {
    documents[0].data.permissions = { contents: 'write' };
    return documents;
  },
};
