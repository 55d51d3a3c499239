const VERSIONED = /^[\w./-]+:\d+[\w.-]*-[a-z][\w-]*(@sha256:[0-9a-f]{64})?$/;

export const rule = {
  name: 'pinned-base',
  why: 'an image without a version and a distribution is another one tomorrow',
  check: (documents) =>
    documents.flatMap(({ path, data }) => {
      const names = new Set(data.stages.map((stage) => stage.name));
      return data.stages
        .filter(({ from }) => !names.has(from) && !VERSIONED.test(from))
        .map(({ from }) => `${path} builds on ${from}`);
    }),
  mutate(documents) {
    documents[0].data.stages[0].from = 'node:latest';
    return documents;
  },
};
