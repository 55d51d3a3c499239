import * as z from 'zod';

/** An instant on the wire: ISO 8601 with an offset. Answers are in UTC. */
export const Instant = z.iso.datetime({ offset: true });

/** A calendar date on the wire. */
export const Day = z.iso.date();

/** Glucose in the unit a device reports. */
export const Unit = z.enum(['mg/dL', 'mmol/L']);

/** Whose published targets a person's glucose is judged by. */
export const TargetPreset = z.enum(['adult', 'older', 'pregnancy-t1', 'gestational']);
