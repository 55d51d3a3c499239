import { containersOf, findings } from '../../kubernetes-parts.mjs';

export const rule = {
  name: 'memory-bounds',
  why: 'memory without a limit takes the node along; a limit on the processor only makes a busy minute slow',
  check: (documents) =>
    findings(
      containersOf(documents),
      ({ container: { resources } }) =>
        !resources?.requests?.memory || !resources.requests.cpu || !resources.limits?.memory || resources.limits.cpu,
    ),
  mutate(documents) {
    delete containersOf(documents)[0].container.resources.limits.memory;
    return documents;
  },
};
