import * as z from 'zod';
import { limitUpTo, pageOf } from '../../common/pagination.js';
import { Day, Instant, TargetPreset, TimeZoneName, Unit } from '../../common/wire.js';

const DiabetesType = z.enum(['type1', 'type2', 'prediabetes', 'gestational', 'other']);
const DisplayName = z.string().trim().min(1).max(200);

/** What is known of a person apart from any measurement. */
export const Patient = z
  .object({
    id: z.uuid(),
    organisationId: z.uuid().nullable(),
    claimed: z.boolean().meta({ description: 'Whether the person has a login of their own.' }),
    displayName: z.string(),
    dateOfBirth: Day.nullable(),
    diabetesType: DiabetesType.nullable(),
    targetPreset: TargetPreset,
    unit: Unit,
    timeZone: z.string().meta({ description: 'The zone of the days from now on; earlier days keep theirs.' }),
    synthetic: z.boolean(),
    createdAt: Instant,
    archivedAt: Instant.nullable(),
  })
  .meta({ id: 'Patient' });
export type Patient = z.infer<typeof Patient>;

export const PatientPage = pageOf(Patient).meta({ id: 'PatientPage' });
export type PatientPage = z.infer<typeof PatientPage>;

const identity = {
  displayName: DisplayName,
  dateOfBirth: Day.nullable(),
  diabetesType: DiabetesType.nullable(),
  targetPreset: TargetPreset,
  unit: Unit,
};

export const PatientRequest = z
  .object({
    organisationId: z.uuid().optional().meta({ description: 'May be left out by a member of one organisation.' }),
    displayName: identity.displayName,
    dateOfBirth: identity.dateOfBirth.default(null),
    diabetesType: identity.diabetesType.default(null),
    targetPreset: identity.targetPreset.default('adult'),
    unit: identity.unit.default('mg/dL'),
    timeZone: TimeZoneName.default('UTC'),
  })
  .meta({ id: 'PatientRequest' });
export type PatientRequest = z.infer<typeof PatientRequest>;

export const PatientChange = z.object(identity).partial().meta({ id: 'PatientChange' });
export type PatientChange = z.infer<typeof PatientChange>;

export const PatientListQuery = z.object({ limit: limitUpTo(1_000), cursor: z.string().optional() });
export type PatientListQuery = z.infer<typeof PatientListQuery>;
