/** Every object with where it stands. */
export const objectsOf = (documents, ...kinds) =>
  documents.flatMap(({ path, data }) =>
    data
      .filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))
      .map((object) => ({ path, object, where: `${path} ${object.kind} ${object.metadata.name}` })),
  );

/** Everything that makes pods, with the pod it makes. */
export const podsOf = (documents) =>
  objectsOf(documents, 'Deployment', 'Job', 'CronJob').map((found) => {
    const { kind, spec } = found.object;
    const template = kind === 'CronJob' ? spec.jobTemplate.spec.template : spec.template;
    return { ...found, pod: template.spec, labels: template.metadata.labels };
  });

export const containersOf = (documents) =>
  podsOf(documents).flatMap((found) => found.pod.containers.map((container) => ({ ...found, container })));

/** The pods that serve until they are told to leave. */
export const servicesOf = (documents) => containersOf(documents).filter(({ object }) => object.kind === 'Deployment');

/** What a container is told by plain values, its own and those of its ConfigMaps. */
export function settingsOf(documents, { path, container }) {
  const { data } = documents.find((document) => document.path === path);
  const maps = (container.envFrom ?? []).map(({ configMapRef }) =>
    data.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === configMapRef?.name),
  );
  const own = Object.fromEntries((container.env ?? []).map(({ name, value }) => [name, value]));
  return Object.assign({}, ...maps.map((map) => map?.data), own);
}

export const findings = (items, wrong) => items.filter(wrong).map(({ where }) => where);

export const selects = (selector, labels) =>
  Object.entries(selector?.matchLabels ?? {}).every(([key, value]) => labels[key] === value) &&
  (selector?.matchExpressions ?? []).every(
    ({ key, operator, values }) => operator === 'In' && values.includes(labels[key]),
  );
