import { getTranslations } from 'next-intl/server';
import { LoadingNote } from '@/components/layout/loading-note';

const ROWS = Array.from({ length: 6 }, (_, row) => row);

export default async function AlertLoading() {
  const t = await getTranslations('loading');
  return (
    <main id="main" className="mx-auto grid max-w-5xl gap-4 px-4 py-4" aria-busy="true">
      <LoadingNote label={t('label')} long={t('long')} />
      <div className="grid gap-1">
        <div className="skeleton h-8 w-32" />
        <div className="skeleton h-5 w-full max-w-96" />
      </div>
      <div className="grid gap-2">
        {ROWS.map((row) => (
          <div key={row} className="skeleton h-20" />
        ))}
      </div>
    </main>
  );
}
