/** Every service of the demo and of production, `{ where, name, production, service }`, as compose merges them. */
export function servicesOf([base, overlay]) {
  const names = new Set([...Object.keys(base.data.services), ...Object.keys(overlay.data.services)]);
  const merged = [...names].map((name) => {
    const [below = {}, above = {}] = [base.data.services[name], overlay.data.services[name]];
    const environment = { ...below.environment, ...above.environment };
    const depends_on = { ...below.depends_on, ...above.depends_on };
    return [name, { ...below, ...above, environment, depends_on }];
  });
  return [
    ...Object.entries(base.data.services).map(([name, service]) => ({ name, service, production: false })),
    ...merged.map(([name, service]) => ({ name, service, production: true })),
  ].map((one) => ({ ...one, where: `${one.production ? 'production' : 'demo'}: ${one.name}` }));
}

/** One finding for each service of which `test` does not hold. */
export const everyService = (documents, test, finding) =>
  servicesOf(documents)
    .filter((one) => !test(one))
    .map(({ where }) => `${where} ${finding}`);

export const isOneShot = ({ service }) => service.restart === 'no';
export const runsBackend = ({ service }) => /glucolens-backend/.test(service.image ?? '');
export const runsWeb = ({ service }) => /glucolens-frontend/.test(service.image ?? '');

export function changeService(documents, name, change) {
  change(documents[0].data.services[name]);
  return documents;
}

export const seconds = (text = '') => {
  const [, number, unit] = /^(\d+)(s|m)$/.exec(text) ?? [];
  return number ? Number(number) * (unit === 'm' ? 60 : 1) : null;
};
