const onlyPullRequests = ({ data }) => {
  const cancels = data.concurrency?.['cancel-in-progress'];
  if (cancels === false || cancels === "${{ github.event_name == 'pull_request' }}") return true;
  return cancels === true && Object.keys(data.on).every((event) => event === 'pull_request');
};

export const rule = {
  name: 'cancels-only-pull-requests',
  why: 'a newer push makes an older run of a pull request pointless; a run on main publishes or rolls back and must finish',
  check: (documents) =>
    documents
      .filter((document) => !document.data.concurrency?.group || !onlyPullRequests(document))
      .map(({ path }) => path),
  mutate(documents) {
    documents.find(({ data }) => data.on.push).data.concurrency['cancel-in-progress'] = true;
    return documents;
  },
};
