import Link from 'next/link';
import { getTranslations } from 'next-intl/server';

export default async function PatientNotFound() {
  const t = await getTranslations('notFound');
  return (
    <main id="main" className="mx-auto grid max-w-lg justify-items-start gap-4 px-4 py-24">
      <h1 className="text-2xl font-semibold">{t('patientTitle')}</h1>
      <p className="text-muted">{t('patientBody')}</p>
      <Link href="/patients" className="button">
        {t('toPatients')}
      </Link>
    </main>
  );
}
