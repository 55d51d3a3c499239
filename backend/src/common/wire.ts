import * as z from 'zod';
import { isTimeZone } from '../domain/time/zone.js';

const FIRST_INSTANT = Date.parse('0001-01-01T00:00:00Z');
const LAST_INSTANT = Date.parse('9999-12-31T23:59:59.999Z');

/** An instant on the wire: ISO 8601 with an offset, in the years 1 to 9999 of UTC. Answers are in UTC. */
export const Instant = z.iso.datetime({ offset: true }).refine((text) => {
  const at = Date.parse(text);
  return at >= FIRST_INSTANT && at <= LAST_INSTANT;
}, 'The year lies within 1 to 9999.');

/** A calendar date on the wire. */
export const Day = z.iso.date().refine((text) => !text.startsWith('0000'), 'There is no year 0.');

/** Glucose in the unit a device reports. */
export const Unit = z.enum(['mg/dL', 'mmol/L']);

/** Whose published targets a person's glucose is judged by. */
export const TargetPreset = z.enum(['adult', 'older', 'pregnancy-t1', 'gestational']);

/** Minutes since local midnight. */
export const MinuteOfDay = z.int().min(0).max(1439);

/** An IANA name of a time zone. */
export const TimeZoneName = z.string().max(64).refine(isTimeZone, 'This is not the name of a time zone.');
