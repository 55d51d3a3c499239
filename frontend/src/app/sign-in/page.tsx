import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Brand } from '@/components/layout/brand';
import { submitSignIn } from '@/features/sign-in/actions';
import { SignInForm } from '@/features/sign-in/sign-in-form';
import { hasSession } from '@/session/api-fetch';
import { safeNextPath } from '@/session/next-path';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('signIn'))('title') };
}

export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  const [t, query, signedIn] = await Promise.all([getTranslations('signIn'), searchParams, hasSession()]);
  const next = safeNextPath(query['next']);
  if (signedIn) redirect(next);
  return (
    <main id="main" className="mx-auto grid min-h-dvh max-w-sm content-center gap-6 px-4 py-8">
      <Brand />
      <div>
        <h1 className="text-2xl font-semibold">{t('title')}</h1>
        <p className="mt-1 text-muted">{t('intro')}</p>
      </div>
      <SignInForm
        action={submitSignIn}
        next={next}
        labels={{
          email: t('email'),
          password: t('password'),
          submit: t('submit'),
          submitting: t('submitting'),
          offline: t('problems.offline'),
          unavailable: t('problems.unavailable'),
        }}
      />
    </main>
  );
}
