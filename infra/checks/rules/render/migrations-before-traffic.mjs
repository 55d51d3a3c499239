import { servicesOf, variablesOf } from '../../render-parts.mjs';

const backend = (document) => servicesOf([document]).filter(({ service }) => service.name === 'glucolens-api');

export const rule = {
  name: 'migrations-before-traffic',
  why: 'free plans ignore a command before the deployment, so they migrate at boot; paid ones migrate once, before',
  check: (documents) =>
    documents.flatMap((document) =>
      backend(document).flatMap((one) => {
        const onBoot = variablesOf(one).some(({ key, value }) => key === 'MIGRATE_ON_BOOT' && value === 'true');
        const before = one.service.preDeployCommand === 'node dist/cli.js migrate';
        const free = one.service.plan === 'free';
        return onBoot === free && before === !free ? [] : [`${one.where} does not migrate exactly once`];
      }),
    ),
  mutate(documents) {
    documents[0].data.services[0].preDeployCommand = 'node dist/cli.js migrate';
    return documents;
  },
};
