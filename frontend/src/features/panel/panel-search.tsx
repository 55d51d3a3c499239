import { Search } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import type { PanelAddress } from './panel-query';

/** A plain form: the search stands in the address and works before any script has loaded. */
export async function PanelSearch({ address }: { address: PanelAddress }) {
  const t = await getTranslations('panel');
  return (
    <form role="search" action="/patients" className="no-print flex w-full gap-2 sm:w-80">
      {address.flag ? <input type="hidden" name="flag" value={address.flag} /> : null}
      {address.sort ? <input type="hidden" name="sort" value={address.sort} /> : null}
      <label className="sr-only" htmlFor="panel-search">
        {t('search')}
      </label>
      <input
        key={address.query}
        id="panel-search"
        type="search"
        name="query"
        maxLength={100}
        defaultValue={address.query ?? ''}
        placeholder={t('search')}
        className="field min-h-9 text-sm placeholder:text-muted"
      />
      <button type="submit" className="button px-3">
        <Search size={16} aria-hidden="true" />
        <span className="sr-only">{t('searchSubmit')}</span>
      </button>
    </form>
  );
}
