export const rule = {
  name: 'one-base',
  why: 'backend and web run the same Node.js, so that a security release is one line',
  check(documents) {
    const bases = documents.map(({ path, data }) => ({ path, from: data.stages[0].from }));
    return bases.filter(({ from }) => from !== bases[0].from).map(({ path, from }) => `${path} begins with ${from}`);
  },
  mutate(documents) {
    documents.at(-1).data.stages[0].from = 'node:22-bookworm-slim';
    return documents;
  },
};
