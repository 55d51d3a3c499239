import { getTranslations } from 'next-intl/server';
import { LoadingNote } from '@/components/layout/loading-note';

/** The overview's geometry without its content. */
export default async function PatientLoading() {
  const t = await getTranslations('loading');
  return (
    <main id="main" className="mx-auto grid max-w-[90rem] gap-4 px-4 py-4" aria-busy="true">
      <LoadingNote label={t('label')} long={t('long')} />
      <div className="grid gap-2">
        <div className="skeleton h-5 w-20" />
        <div className="skeleton h-8 w-72 max-w-full" />
        <div className="skeleton h-5 w-96 max-w-full" />
      </div>
      <div className="skeleton h-9 w-96 max-w-full" />
      <div className="grid items-start gap-4 lg:grid-cols-[25rem_minmax(0,1fr)]">
        <div className="grid gap-4">
          <div className="skeleton h-[30rem]" />
          <div className="skeleton h-80" />
        </div>
        <div className="grid gap-4">
          <div className="skeleton h-[30rem]" />
          <div className="skeleton h-80" />
        </div>
      </div>
    </main>
  );
}
