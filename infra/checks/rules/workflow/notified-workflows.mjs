export const rule = {
  name: 'notified-workflows',
  why: 'a workflow_run trigger goes by name: a renamed workflow would fail in silence',
  check(documents) {
    const names = documents.map(({ data }) => data.name);
    return documents.flatMap(({ path, data }) =>
      (data.on.workflow_run?.workflows ?? [])
        .filter((name) => !names.includes(name))
        .map((name) => `${path} waits for ${name}, which is no workflow`),
    );
  },
  mutate(documents) {
    documents.find(({ data }) => data.name === 'ci').data.name = 'tests';
    return documents;
  },
};
