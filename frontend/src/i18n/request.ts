import { getRequestConfig } from 'next-intl/server';
import messages from '../../messages/en.json';

/** English is the only catalogue so far; the locale is resolved here and nowhere else. */
export default getRequestConfig(async () => ({
  locale: 'en-GB',
  timeZone: 'UTC',
  messages,
}));
