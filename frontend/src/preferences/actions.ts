'use server';

import { cookies } from 'next/headers';
import { isTheme, THEME_COOKIE } from './preferences';

const ONE_YEAR_SECONDS = 31_536_000;

export async function chooseTheme(form: FormData): Promise<void> {
  const theme = form.get('theme');
  if (!isTheme(theme)) return;
  (await cookies()).set(THEME_COOKIE, theme, {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    maxAge: ONE_YEAR_SECONDS,
  });
}
