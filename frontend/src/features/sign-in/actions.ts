'use server';

import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { safeNextPath } from '@/session/next-path';
import { type SignInFailure, signIn } from '@/session/sign-in';

/** What was typed comes back, so that nobody types it twice; the password does not. */
export type SignInState = {
  email: string;
  problem: 'wrong-credentials' | 'too-many' | 'unavailable';
  message: string;
  /** How often the server has refused. */
  refusals: number;
} | null;

export async function submitSignIn(previous: SignInState, form: FormData): Promise<SignInState> {
  const email = String(form.get('email') ?? '').trim();
  const result = await signIn(email, String(form.get('password') ?? ''));
  if (!result.ok)
    return {
      email,
      problem: result.reason,
      message: await messageFor(result),
      refusals: (previous?.refusals ?? 0) + 1,
    };
  redirect(safeNextPath(form.get('next')));
}

async function messageFor(failure: SignInFailure): Promise<string> {
  const t = await getTranslations('signIn.problems');
  return failure.reason === 'too-many' ? t('too-many', { seconds: failure.waitSeconds }) : t(failure.reason);
}
