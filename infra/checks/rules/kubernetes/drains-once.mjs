import { containersOf, settingsOf } from '../../kubernetes-parts.mjs';

/** See docs/decisions/own-signal-handling.md. */
export const rule = {
  name: 'drains-once',
  why: 'here preStop waits until balancers have forgotten the pod; a delay of our own would wait a second time',
  check: (documents) =>
    containersOf(documents)
      .filter((found) => settingsOf(documents, found).DRAIN_DELAY_MS !== undefined)
      .map(({ where }) => `${where} sets DRAIN_DELAY_MS`),
  mutate(documents) {
    const { container } = containersOf(documents).find((found) => found.container.name === 'api');
    container.env.push({ name: 'DRAIN_DELAY_MS', value: '5000' });
    return documents;
  },
};
