import { getTranslations } from 'next-intl/server';
import { LoadingNote } from '@/components/layout/loading-note';

/** The overview's geometry without its content. */
export default async function PatientLoading() {
  const t = await getTranslations('loading');
  return (
    <main id="main" className="mx-auto grid max-w-[90rem] gap-3 px-4 pt-2 pb-3" aria-busy="true">
      <LoadingNote label={t('label')} long={t('long')} />
      <div className="grid gap-1">
        <div className="skeleton h-8 w-full max-w-72" />
        <div className="skeleton h-5 w-full max-w-96" />
      </div>
      <div className="skeleton h-9 w-full max-w-96" />
      <div className="grid items-start gap-3 lg:grid-cols-[25rem_minmax(0,1fr)]">
        <div className="grid gap-3 md:grid-cols-2 lg:grid-cols-1">
          <div className="skeleton h-[27rem]" />
          <div className="skeleton h-56" />
        </div>
        <div className="grid gap-3">
          <div className="skeleton h-[24rem]" />
          <div className="skeleton h-64" />
        </div>
      </div>
    </main>
  );
}
