import { changeService, everyService } from '../../compose-parts.mjs';

export const rule = {
  name: 'hardened',
  why: 'a process that is taken over should find nothing to write, nothing to become and nobody to leave behind',
  check: (documents) =>
    everyService(
      documents,
      ({ service }) =>
        service.read_only === true &&
        service.init === true &&
        service.cap_drop?.includes('ALL') &&
        service.security_opt?.includes('no-new-privileges:true') &&
        !service.privileged,
      'is not read-only, without capabilities and with an init',
    ),
  mutate: (documents) => changeService(documents, 'api', (service) => delete service.cap_drop),
};
