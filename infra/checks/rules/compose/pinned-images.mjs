import { changeService, everyService, runsBackend, runsWeb } from '../../compose-parts.mjs';

export const rule = {
  name: 'pinned-images',
  why: 'an image without a version is another one tomorrow, and a database of another major version does not start',
  check: (documents) =>
    everyService(
      documents,
      (one) =>
        runsBackend(one) || runsWeb(one) || /^[\w./-]+:v?\d[\w.-]*(@sha256:[0-9a-f]{64})?$/.test(one.service.image),
      'runs an image without a version',
    ),
  mutate: (documents) => changeService(documents, 'valkey', (service) => (service.image = 'valkey/valkey:latest')),
};
