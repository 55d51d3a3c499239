import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { PERIODS } from './periods';

/** Links, so that a period can be shared, opened in a tab and gone back from. */
export async function PeriodPicker({ patientId, current }: { patientId: string; current: number | null }) {
  const t = await getTranslations('patient');
  return (
    <nav aria-label={t('periodLabel')} className="no-print flex rounded border border-border">
      {PERIODS.map((days) => (
        <Link
          key={days}
          href={`/patients/${patientId}?days=${days}`}
          prefetch={false}
          scroll={false}
          aria-current={days === current ? 'true' : undefined}
          className="toggle first:rounded-l last:rounded-r"
        >
          {t('days', { days })}
        </Link>
      ))}
    </nav>
  );
}
