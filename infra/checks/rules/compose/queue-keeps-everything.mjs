import { changeService, servicesOf } from '../../compose-parts.mjs';

export const rule = {
  name: 'queue-keeps-everything',
  why: 'a queue that evicts loses jobs silently; without an append-only log a restart loses them all',
  check: (documents) =>
    servicesOf(documents)
      .filter(({ name }) => name === 'valkey')
      .flatMap(({ where, service }) => {
        const command = service.command.join(' ');
        return [
          ...(command.includes('--maxmemory-policy noeviction') ? [] : [`${where} may evict`]),
          ...(command.includes('--appendonly yes') ? [] : [`${where} keeps no log`]),
        ];
      }),
  mutate: (documents) =>
    changeService(
      documents,
      'valkey',
      (service) => (service.command = ['valkey-server', '--maxmemory-policy', 'allkeys-lru']),
    ),
};
