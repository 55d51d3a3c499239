import * as z from 'zod';
import { Instant } from '../../common/wire.js';

const absent = <T extends z.ZodType>(type: T) => type.nullable().default(null);
/** PostgreSQL stores no NUL and no half of a character. */
const STORABLE = /^[^\0\p{Cs}]*$/u;
const text = (length: number) => absent(z.string().min(1).max(length).regex(STORABLE));
const amount = (most: number) => absent(z.number().min(0).max(most));
const minutes = absent(z.int().min(0).max(1_440));
const heartRate = absent(z.int().min(30).max(250).meta({ description: 'beats per minute' }));

/** The caller's own name of a record: what makes a resend harmless. */
export const ClientId = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'no control characters')
  .meta({ description: 'The own name of this record, chosen by whoever reports it.' });

const source = z.string().min(1).max(50).regex(STORABLE).default('manual');

const INSULIN_DOSE = {
  insulinType: z.enum(['basal', 'bolus', 'correction']),
  doseUnits: z.number().min(0.1).max(100),
  medicationName: text(100),
  carbsGrams: amount(500),
  correctionTargetMgdl: absent(z.number().min(50).max(200)),
  source,
};

const MEAL = {
  mealType: absent(z.enum(['breakfast', 'lunch', 'dinner', 'snack'])),
  carbsGrams: amount(2_000),
  proteinGrams: amount(2_000),
  fatGrams: amount(2_000),
  calories: amount(20_000),
  glycemicLoad: amount(1_000),
  description: text(1_000),
  photoUrl: absent(z.url({ protocol: /^https?$/ }).max(500)),
  source,
};

const ACTIVITY = {
  activityType: text(50),
  durationMinutes: minutes,
  intensity: absent(z.enum(['light', 'moderate', 'vigorous'])),
  caloriesBurned: amount(20_000),
  heartRateAvg: heartRate,
  source,
};

const SLEEP = {
  endsAt: Instant,
  durationMinutes: minutes,
  deepMinutes: minutes,
  remMinutes: minutes,
  lightMinutes: minutes,
  awakeMinutes: minutes,
  qualityScore: amount(10),
  source,
};

/** A field that is not known is a mistake of the caller's, and nothing is dropped in silence. */
const kind = <K extends string, S extends z.core.$ZodLooseShape>(name: K, id: string, shape: S) => ({
  input: z.strictObject({ clientId: ClientId, startsAt: Instant, ...shape }).meta({ id: `New${id}` }),
  output: z.object({ kind: z.literal(name), clientId: z.string(), startsAt: Instant, ...shape }).meta({ id }),
});

/** Every kind of record: its fields, their units and ranges. */
export const RECORD_KINDS = {
  'insulin-doses': kind('insulin-doses', 'InsulinDose', INSULIN_DOSE),
  meals: kind('meals', 'Meal', MEAL),
  activities: kind('activities', 'Activity', ACTIVITY),
  sleep: kind('sleep', 'Sleep', SLEEP),
} as const;

export type RecordKind = keyof typeof RECORD_KINDS;
export const RecordKind = z.enum(['insulin-doses', 'meals', 'activities', 'sleep']).meta({ id: 'RecordKind' });

/** A record as a caller writes it. */
export type RecordInput<K extends RecordKind = RecordKind> = z.input<(typeof RECORD_KINDS)[K]['input']>;

/** A record as it goes out. */
export type PatientRecord = z.output<(typeof RECORD_KINDS)[RecordKind]['output']>;
