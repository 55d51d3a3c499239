import { changeService, servicesOf, variablesOf } from '../../render-parts.mjs';

const SENDERS = ['glucolens-api', 'glucolens-worker'];

export const rule = {
  name: 'mail-has-an-address',
  why: 'without SMTP_URL and MAIL_FROM the mails of alerts become files in a container, and nobody is told',
  check: (documents) =>
    servicesOf(documents)
      .filter(({ service }) => SENDERS.includes(service.name) && service.plan !== 'free')
      .filter((one) => {
        const keys = variablesOf(one).map(({ key }) => key);
        return !keys.includes('SMTP_URL') || !keys.includes('MAIL_FROM');
      })
      .map(({ where }) => `${where} knows no mail server`),
  mutate: (documents) =>
    changeService(documents, 'glucolens-worker', (service) => {
      service.envVars = service.envVars.filter(({ key }) => key !== 'SMTP_URL');
    }),
};
