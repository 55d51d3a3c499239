const CI = '.github/workflows/ci.yml';

export const rule = {
  name: 'everything-is-required',
  why: 'branch protection asks for one check; it must wait for all jobs and refuse a skipped one',
  check(documents) {
    const { jobs } = documents.find(({ path }) => path === CI).data;
    const others = Object.keys(jobs).filter((name) => name !== 'passed');
    const missing = others.filter((name) => !jobs.passed.needs.includes(name));
    const open =
      jobs.passed.if === 'always()'
        ? []
        : [`${CI} passed is skipped when a job fails, and a skipped check counts as passed`];
    return [...missing.map((name) => `${CI} passed does not wait for ${name}`), ...open];
  },
  mutate(documents) {
    documents.find(({ path }) => path === CI).data.jobs.passed.needs.pop();
    return documents;
  },
};
