import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import type { PanelAddress } from './panel-query';

export async function EmptyPanel({ address }: { address: PanelAddress }) {
  const t = await getTranslations('panel');
  const filtered = address.flag !== null || address.query !== null || address.cursor !== null;
  return (
    <section className="card grid justify-items-center gap-3 px-6 py-16 text-center">
      <h2 className="text-lg font-semibold">{filtered ? t('noMatchTitle') : t('emptyTitle')}</h2>
      <p className="max-w-prose text-muted">{filtered ? t('noMatchBody') : t('emptyBody')}</p>
      {filtered ? (
        <Link href="/patients" className="button button-primary">
          {t('clear')}
        </Link>
      ) : null}
    </section>
  );
}
