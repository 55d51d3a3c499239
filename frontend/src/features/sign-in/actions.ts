'use server';

import { redirect } from 'next/navigation';
import { safeNextPath } from '@/session/next-path';
import { signIn } from '@/session/sign-in';

export type SignInState = { email: string; problem: 'wrong-credentials' | 'too-many' | 'unavailable' } | null;

export async function submitSignIn(_previous: SignInState, form: FormData): Promise<SignInState> {
  const email = String(form.get('email') ?? '').trim();
  const result = await signIn(email, String(form.get('password') ?? ''));
  if (!result.ok) return { email, problem: result.reason };
  redirect(safeNextPath(form.get('next')));
}
