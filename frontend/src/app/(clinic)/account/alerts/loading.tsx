import { getTranslations } from 'next-intl/server';
import { LoadingNote } from '@/components/layout/loading-note';

export default async function ChannelsLoading() {
  const t = await getTranslations('loading');
  return (
    <main id="main" className="mx-auto grid max-w-3xl gap-4 px-4 py-6" aria-busy="true">
      <LoadingNote label={t('label')} long={t('long')} />
      <div className="skeleton h-8 w-full max-w-72" />
      <div className="skeleton h-72" />
      <div className="skeleton h-52" />
    </main>
  );
}
