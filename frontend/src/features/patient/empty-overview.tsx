import Link from 'next/link';
import { getTranslations } from 'next-intl/server';

/** Says why there is nothing and the one thing to do about it. */
export async function EmptyOverview({ patientId, ever }: { patientId: string; ever: boolean }) {
  const t = await getTranslations('patient');
  return (
    <section className="card grid justify-items-center gap-3 px-6 py-16 text-center">
      <h2 className="text-lg font-semibold">{ever ? t('emptyPeriodTitle') : t('emptyTitle')}</h2>
      <p className="max-w-prose text-muted">{ever ? t('emptyPeriodBody') : t('emptyBody')}</p>
      {ever ? (
        <Link href={`/patients/${patientId}?days=90`} className="button button-primary">
          {t('days', { days: 90 })}
        </Link>
      ) : (
        <Link href={`/patients/${patientId}/upload`} className="button button-primary">
          {t('upload')}
        </Link>
      )}
    </section>
  );
}
