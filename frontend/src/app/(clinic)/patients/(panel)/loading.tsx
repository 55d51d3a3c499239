import { getTranslations } from 'next-intl/server';
import { LoadingNote } from '@/components/layout/loading-note';

const ROWS = Array.from({ length: 12 }, (_, row) => row);

export default async function PatientsLoading() {
  const t = await getTranslations('loading');
  return (
    <main id="main" className="mx-auto grid max-w-[90rem] gap-4 px-4 py-4" aria-busy="true">
      <LoadingNote label={t('label')} long={t('long')} />
      <div className="grid gap-1">
        <div className="skeleton h-8 w-40" />
        <div className="skeleton h-5 w-full max-w-72" />
      </div>
      <div className="skeleton h-13 w-full" />
      <div className="grid gap-px">
        {ROWS.map((row) => (
          <div key={row} className="skeleton h-11" />
        ))}
      </div>
    </main>
  );
}
