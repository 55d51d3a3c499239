import { databasesOf, servicesOf } from '../../render-parts.mjs';

/** Pieces of each blueprint, which DEPLOY_TO_RENDER.md promises. */
const PIECES = { 'render.yaml': 4, 'render.production.yaml': 6, 'render.image.yaml': 6 };

export const rule = {
  name: 'cost-as-promised',
  why: 'the blueprint behind the button costs nothing, and the other ones have the pieces that the guide counts',
  check: (documents) =>
    documents.flatMap((document) => {
      const plans = [
        ...servicesOf([document]).map(({ service }) => service.plan),
        ...databasesOf([document]).map(({ database }) => database.plan),
      ];
      const free = document.path === 'render.yaml';
      return [
        ...(plans.length === PIECES[document.path] ? [] : [`${document.path} has ${plans.length} pieces`]),
        ...(plans.every((plan) => (plan === 'free') === free) ? [] : [`${document.path} mixes free and paid plans`]),
      ];
    }),
  mutate(documents) {
    documents[0].data.services[0].plan = 'starter';
    return documents;
  },
};
