import { changeService, everyService } from '../../compose-parts.mjs';

const isLocal = (port) => String(port).startsWith('127.0.0.1:');

export const rule = {
  name: 'loopback-ports',
  why: 'Docker opens published ports past the firewall; only the TLS server may face the world',
  check: (documents) =>
    everyService(
      documents,
      ({ name, production, service }) => (production && name === 'tls') || (service.ports ?? []).every(isLocal),
      'publishes a port beyond this machine',
    ),
  mutate: (documents) => changeService(documents, 'api', (service) => (service.ports = ['8000:8000'])),
};
