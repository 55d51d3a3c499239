/** Every service of every blueprint, as `{ where, path, data, service }`. */
export const servicesOf = (documents) =>
  documents.flatMap(({ path, data }) =>
    data.services.map((service) => ({ where: `${path}: ${service.name}`, path, data, service })),
  );

export const databasesOf = (documents) =>
  documents.flatMap(({ path, data }) =>
    (data.databases ?? []).map((database) => ({ where: `${path}: ${database.name}`, data, database })),
  );

/** Services that run our own images. */
export const isOurs = ({ service }) => service.type !== 'keyvalue';
export const isWeb = ({ service }) => service.name.endsWith('-frontend');

export const variablesOf = ({ service }) => service.envVars ?? [];

/** One finding for each service of which `test` does not hold. */
export const everyService = (documents, test, finding) =>
  servicesOf(documents)
    .filter((one) => !test(one))
    .map(({ where }) => `${where} ${finding}`);

/** Changes the service of that name in every blueprint that has it. */
export function changeService(documents, name, change) {
  for (const { service } of servicesOf(documents)) if (service.name === name) change(service);
  return documents;
}

export function setVariable(documents, name, variable) {
  return changeService(documents, name, (service) => {
    service.envVars = [...service.envVars.filter(({ key }) => key !== variable.key), variable];
  });
}
