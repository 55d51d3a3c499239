import { changeService, servicesOf } from '../../compose-parts.mjs';

const STORES = ['postgres', 'valkey'];

export const rule = {
  name: 'no-published-stores',
  why: 'database and queue have no business outside the network of their clients',
  check: (documents) => [
    ...servicesOf(documents)
      .filter(({ name }) => STORES.includes(name))
      .filter(({ service }) => service.ports || service.networks.join() !== 'data')
      .map(({ where }) => `${where} is reachable from more than the network of the data`),
    ...(documents[0].data.networks.data.internal === true ? [] : ['the network of the data is not internal']),
  ],
  mutate: (documents) => changeService(documents, 'valkey', (service) => (service.ports = ['127.0.0.1:6379:6379'])),
};
