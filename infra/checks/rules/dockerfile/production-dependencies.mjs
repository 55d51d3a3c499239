import { instructions } from '../../dockerfile-parts.mjs';

const installs = (stage) =>
  instructions(stage, 'RUN').filter(({ argument }) => /\bnpm (ci|install|i)\b/.test(argument));

export const rule = {
  name: 'production-dependencies',
  why: 'exactly the lock file, no script of a package, and no compiler or test runner in the image',
  check: (documents) =>
    documents.flatMap((document) => {
      const { path, data } = document;
      const careless = data.stages.flatMap((stage) =>
        installs(stage)
          .filter(({ argument }) => !/\bnpm ci\b/.test(argument) || !argument.includes('--ignore-scripts'))
          .map(({ line }) => `${path}:${line} is not npm ci --ignore-scripts`),
      );
      const sources = copiedStages(data.stages.at(-1));
      const heavy = data.stages
        .filter(({ name }) => sources.modules.has(name))
        .filter((stage) => !installs(stage).every(({ argument }) => argument.includes('--omit=dev')))
        .map(({ name }) => `${path}: node_modules come from ${name}, which does not leave out development packages`);
      return [...careless, ...heavy];
    }),
  mutate(documents) {
    for (const { data } of documents)
      for (const stage of data.stages)
        for (const one of installs(stage)) one.argument = one.argument.replace(/--omit=dev|--ignore-scripts/g, '');
    return documents;
  },
};

/** The stages whose node_modules the image takes. */
function copiedStages(stage) {
  const copies = instructions(stage, 'COPY').map(({ argument }) => argument);
  const modules = copies.filter((copy) => copy.includes('node_modules'));
  return { modules: new Set(modules.map((copy) => /--from=(\S+)/.exec(copy)?.[1])) };
}
