import { cookies } from 'next/headers';
import type { GlucoseUnit } from '@/api/types';

export const THEME_COOKIE = 'gl_theme';
export const UNIT_COOKIE = 'gl_unit';
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** In addresses and cookies a unit has no slash. */
export const UNIT_KEYS = { mgdl: 'mg/dL', mmoll: 'mmol/L' } as const satisfies Record<string, GlucoseUnit>;
export type UnitKey = keyof typeof UNIT_KEYS;

export function isUnitKey(value: unknown): value is UnitKey {
  return typeof value === 'string' && Object.hasOwn(UNIT_KEYS, value);
}

export function isTheme(value: unknown): value is Theme {
  return THEMES.some((theme) => theme === value);
}

export async function readTheme(): Promise<Theme> {
  const value = (await cookies()).get(THEME_COOKIE)?.value;
  return isTheme(value) ? value : 'system';
}

/** The address wins over the cookie; `null` where this browser never chose. */
export async function readUnit(fromAddress?: string | string[]): Promise<GlucoseUnit | null> {
  const value = isUnitKey(fromAddress) ? fromAddress : (await cookies()).get(UNIT_COOKIE)?.value;
  return isUnitKey(value) ? UNIT_KEYS[value] : null;
}
