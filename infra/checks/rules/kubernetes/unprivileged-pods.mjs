import { containersOf, podsOf } from '../../kubernetes-parts.mjs';

const contained = ({ securityContext: own }) =>
  own?.allowPrivilegeEscalation === false &&
  own.readOnlyRootFilesystem === true &&
  own.capabilities?.drop?.includes('ALL') &&
  !own.privileged &&
  !own.capabilities.add;

const restricted = ({ securityContext: own, hostNetwork, hostPID, hostIPC }) =>
  own?.runAsNonRoot === true &&
  own.runAsUser > 0 &&
  own.seccompProfile?.type === 'RuntimeDefault' &&
  !hostNetwork &&
  !hostPID &&
  !hostIPC;

export const rule = {
  name: 'unprivileged-pods',
  why: 'a process that is taken over finds no root, no capability, nothing to write and no other system call than it needs',
  check: (documents) => [
    ...podsOf(documents)
      .filter(({ pod }) => !restricted(pod))
      .map(({ where }) => `${where} is not restricted`),
    ...containersOf(documents)
      .filter(({ container }) => !contained(container))
      .map(({ where }) => `${where} can change its image or gain rights`),
  ],
  mutate(documents) {
    containersOf(documents)[0].container.securityContext.readOnlyRootFilesystem = false;
    return documents;
  },
};
