import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Brand } from '@/components/layout/brand';

export default async function NotFound() {
  const t = await getTranslations('notFound');
  return (
    <main id="main" className="mx-auto grid min-h-dvh max-w-lg content-center justify-items-start gap-4 px-4">
      <Brand />
      <h1 className="text-2xl font-semibold">{t('title')}</h1>
      <p className="text-muted">{t('body')}</p>
      <Link href="/patients" className="button">
        {t('toPatients')}
      </Link>
    </main>
  );
}
