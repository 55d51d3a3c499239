import { getCurrentUser } from '@/api/client';
import type { GlucoseUnit } from '@/api/types';
import { readUnit } from './preferences';

/** This browser's choice, else the account's; `null` leaves every patient in their own unit. */
export async function unitFor(fromAddress?: string | string[]): Promise<GlucoseUnit | null> {
  return (await readUnit(fromAddress)) ?? (await getCurrentUser()).unitPreference;
}
