import * as z from 'zod';
import { Instant, TimeZoneName, Unit } from '../../common/wire.js';
import { NewPassword } from './passwords.js';

/** An address as people type it; kept and compared in lower case. */
export const Email = z.string().trim().toLowerCase().max(254).pipe(z.email());

export const DisplayName = z.string().trim().min(1).max(200);

export const RegisterRequest = z
  .object({
    email: Email,
    password: NewPassword,
    /** The part of the address before the @ where none is given. */
    displayName: DisplayName.optional(),
    /** Where the person's days begin. */
    timeZone: TimeZoneName.default('UTC'),
  })
  .meta({ id: 'RegisterRequest' });
export type RegisterRequest = z.infer<typeof RegisterRequest>;

export const LoginRequest = z
  .object({ email: z.string().trim().toLowerCase().min(1).max(254), password: z.string().min(1).max(1_000) })
  .meta({ id: 'LoginRequest' });
export type LoginRequest = z.infer<typeof LoginRequest>;

export const RefreshRequest = z.object({ refreshToken: z.string().min(1).max(200) }).meta({ id: 'RefreshRequest' });
export type RefreshRequest = z.infer<typeof RefreshRequest>;

export const Tokens = z
  .object({
    accessToken: z.string(),
    refreshToken: z.string(),
    tokenType: z.literal('Bearer'),
    expiresIn: z.number().int().meta({ description: 'Seconds until the access token expires.' }),
  })
  .meta({ id: 'Tokens' });
export type Tokens = z.infer<typeof Tokens>;

export const ProfileChange = z
  .object({ displayName: DisplayName.optional(), unitPreference: Unit.nullable().optional() })
  .meta({ id: 'ProfileChange' });
export type ProfileChange = z.infer<typeof ProfileChange>;

export const PasswordChange = z
  .object({ oldPassword: z.string().min(1).max(1_000), newPassword: NewPassword })
  .meta({ id: 'PasswordChange' });
export type PasswordChange = z.infer<typeof PasswordChange>;

export const UserAccount = z
  .object({
    id: z.uuid(),
    email: z.string(),
    displayName: z.string(),
    isPlatformAdmin: z.boolean(),
    unitPreference: Unit.nullable(),
    patientId: z.uuid().nullable().meta({ description: 'The own patient record.' }),
    memberships: z.array(
      z.object({
        organisationId: z.uuid(),
        organisationName: z.string(),
        role: z.enum(['clinician', 'admin']),
      }),
    ),
    createdAt: Instant,
  })
  .meta({ id: 'UserAccount' });
export type UserAccount = z.infer<typeof UserAccount>;
