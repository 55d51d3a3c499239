import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { getCurrentUser } from '@/api/client';

/** The way to what each clinic of the caller alerts its patients to. */
export async function ClinicSettingsLinks() {
  const [{ memberships }, t] = await Promise.all([getCurrentUser(), getTranslations('alertSettings')]);
  const clinics = new Map(
    memberships.map(({ organisationId, organisationName }) => [organisationId, organisationName]),
  );
  if (clinics.size === 0) return null;
  return (
    <ul className="no-print flex flex-wrap gap-3">
      {[...clinics].map(([id, clinic]) => (
        <li key={id}>
          <Link
            href={`/clinics/${id}/alert-settings`}
            prefetch={false}
            className="link inline-flex min-h-6 items-center text-sm"
          >
            {t('clinicLink', { clinic })}
          </Link>
        </li>
      ))}
    </ul>
  );
}
