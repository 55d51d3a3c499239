import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { getCurrentUser } from '@/api/client';
import { isNarrowed, type PanelAddress } from './panel-query';

export async function EmptyPanel({ address }: { address: PanelAddress }) {
  const [user, t] = await Promise.all([getCurrentUser(), getTranslations('panel')]);
  const filtered = isNarrowed(address);
  const administers = user.memberships.length > 0 && user.memberships.every(({ role }) => role === 'admin');
  return (
    <section className="card grid justify-items-center gap-3 px-6 py-16 text-center">
      <h2 className="text-lg font-semibold">{filtered ? t('noMatchTitle') : t('emptyTitle')}</h2>
      <p className="max-w-prose text-muted">
        {filtered ? t('noMatchBody') : t(administers ? 'emptyAdministrator' : 'emptyBody')}
      </p>
      {filtered ? (
        <Link href="/patients" className="button button-primary">
          {t('clear')}
        </Link>
      ) : null}
    </section>
  );
}
