import { changeService, servicesOf } from '../../compose-parts.mjs';

export const rule = {
  name: 'mail-has-an-address',
  why: 'without SMTP_URL mails become files in a container; a mail server for trials in production swallows alarms',
  check(documents) {
    const services = servicesOf(documents);
    const demo = services.find(({ name, production }) => name === 'mailpit' && !production)?.service;
    const production = services.find(({ name, production: real }) => name === 'mailpit' && real)?.service;
    const secrets = services.find(({ name, production: real }) => name === 'secrets' && real).service;
    return [
      ...services
        .filter(({ name, service }) => ['api', 'worker'].includes(name) && !service.environment.SMTP_URL_FILE)
        .map(({ where }) => `${where} does not know the mail server`),
      ...(demo?.networks.join() === 'web' && !demo.profiles ? [] : ['the demo has no mailpit beside the worker']),
      ...(production?.profiles?.join() === 'demo' ? [] : ['production starts mailpit']),
      ...(secrets.environment.SMTP_URL?.startsWith('${SMTP_URL:?')
        ? []
        : ['production does not ask for its mail server']),
    ];
  },
  mutate: (documents) => changeService(documents, 'worker', ({ environment }) => delete environment.SMTP_URL_FILE),
};
