import { changeService, everyService, isOneShot, runsBackend, runsWeb } from '../../compose-parts.mjs';

export const rule = {
  name: 'healthchecks',
  why: 'what nobody asks, nobody misses; our own images bring theirs, and a one-shot answers by ending',
  check: (documents) =>
    everyService(
      documents,
      (one) =>
        isOneShot(one) || (runsBackend(one) || runsWeb(one) ? !one.service.healthcheck : one.service.healthcheck?.test),
      'has no healthcheck, or turns off the one of its image',
    ),
  mutate: (documents) => changeService(documents, 'valkey', (service) => delete service.healthcheck),
};
