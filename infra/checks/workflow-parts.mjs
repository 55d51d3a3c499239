/** Every job of every workflow: `{ path, name, job, workflow }`. */
export const jobsOf = (documents) =>
  documents.flatMap(({ path, data }) =>
    Object.entries(data.jobs ?? {}).map(([name, job]) => ({
      path,
      name,
      job,
      workflow: data,
      where: `${path} ${name}`,
    })),
  );

/** Every step with its job. */
export const stepsOf = (documents) =>
  jobsOf(documents).flatMap((found) =>
    (found.job.steps ?? []).map((step, index) => ({ ...found, step, where: `${found.where}, step ${index + 1}` })),
  );

/** The findings of a test on each of them. */
export const findings = (items, wrong) => items.filter(wrong).map(({ where }) => where);

/** Changes the first step that is found in a copy of the documents. */
export function changeStep(documents, wanted, change) {
  change(stepsOf(documents).find(({ step }) => wanted(step)).step);
  return documents;
}

export const writes = (permissions) =>
  permissions === 'write-all' ||
  Object.entries(permissions ?? {}).some(([scope, level]) => level === 'write' && scope !== 'security-events');
