import { databasesOf } from '../../render-parts.mjs';

const PLANS = /^(free|basic-(256mb|1gb|4gb)|(pro|accelerated)-\d+gb)$/;

export const rule = {
  name: 'current-plans',
  why: 'starter, standard and pro are plans of databases that cannot be created any more',
  check: (documents) =>
    databasesOf(documents)
      .filter(({ database }) => !PLANS.test(database.plan))
      .map(({ where, database }) => `${where} has the plan ${database.plan}`),
  mutate(documents) {
    documents[1].data.databases[0].plan = 'starter';
    return documents;
  },
};
