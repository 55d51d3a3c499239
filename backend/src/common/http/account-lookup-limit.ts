import { LimitPerHour } from './hourly-limit.js';

/** A clinic that enrols people by hand stays below; who tries out a list of addresses does not get far. */
const LOOKUPS_PER_HOUR = 60;

/** For routes whose answer tells whether an e-mail address has an account. */
export const LimitAccountLookups = () =>
  LimitPerHour(LOOKUPS_PER_HOUR, 'Too many accounts were looked up. Try again later.');
