import { containersOf, findings } from '../../kubernetes-parts.mjs';

export const rule = {
  name: 'writable-places',
  why: 'with a read-only root an upload needs /tmp, and without a limit it fills the node',
  check: (documents) =>
    findings(containersOf(documents), ({ container, pod }) => {
      const volumes = new Map(pod.volumes?.map((volume) => [volume.name, volume]));
      const tmp = container.volumeMounts?.find(({ mountPath }) => mountPath === '/tmp');
      return !tmp || [...volumes.values()].some(({ emptyDir }) => emptyDir && !emptyDir.sizeLimit);
    }),
  mutate(documents) {
    delete containersOf(documents)[0].pod.volumes[0].emptyDir.sizeLimit;
    return documents;
  },
};
