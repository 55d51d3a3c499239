import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { getCurrentUser } from '@/api/client';

/** The ways to how alerts reach the caller, what the caller's clinics alert to, and who is on call there. */
export async function AlertLinks() {
  const [{ memberships }, t, rota, channels] = await Promise.all([
    getCurrentUser(),
    getTranslations('alertSettings'),
    getTranslations('onCall'),
    getTranslations('channels'),
  ]);
  const clinics = new Map(
    memberships.map(({ organisationId, organisationName }) => [organisationId, organisationName]),
  );
  const links = [
    { href: '/account/alerts', name: channels('title') },
    ...[...clinics].flatMap(([id, clinic]) => [
      { href: `/clinics/${id}/alert-settings`, name: t('clinicLink', { clinic }) },
      { href: `/clinics/${id}/on-call`, name: rota('link', { clinic }) },
    ]),
  ];
  return (
    <ul className="no-print flex flex-wrap gap-x-4 gap-y-1">
      {links.map(({ href, name }) => (
        <li key={href}>
          <Link href={href} prefetch={false} className="link inline-flex min-h-6 items-center text-sm">
            {name}
          </Link>
        </li>
      ))}
    </ul>
  );
}
