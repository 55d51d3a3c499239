import { ArrowDown, ArrowUpDown } from 'lucide-react';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import type { PanelItem } from '@/api/types';
import { type PanelAddress, panelAddress, type PanelSort } from './panel-query';
import { PanelRow } from './panel-row';

/**
 * A table from 1280 px on, a card per person below. The roles are spelled out, since `display: block` on table elements
 * takes their meaning away in some browsers.
 */
export async function PanelTable({ items, address }: { items: readonly PanelItem[]; address: PanelAddress }) {
  const t = await getTranslations('panel');
  const columns = [
    { key: 'patient', className: '' },
    { key: 'reason', className: '' },
    { key: 'ranges', className: '' },
    { key: 'timeInRange', className: 'text-right' },
    { key: 'timeBelow', className: 'text-right' },
    { key: 'lowsAhead', className: 'text-right', sort: 'low-risk' },
    { key: 'mean', className: 'text-right' },
    { key: 'gmi', className: 'text-right' },
    { key: 'cv', className: 'text-right' },
    { key: 'active', className: 'text-right' },
    { key: 'last', className: 'text-right' },
  ] as const;
  return (
    <table role="table" className="panel-table">
      <caption className="sr-only">{t('title')}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ key, className, ...column }) => {
            const isSorted = 'sort' in column && address.sort === column.sort;
            return (
              <th
                key={key}
                role="columnheader"
                scope="col"
                className={className}
                aria-sort={isSorted ? 'descending' : undefined}
              >
                {'sort' in column ? (
                  <SortLink address={address} sort={column.sort} name={t(`columns.${key}`)} />
                ) : (
                  t(`columns.${key}`)
                )}
              </th>
            );
          })}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {items.map((item) => (
          <PanelRow key={item.id} item={item} />
        ))}
      </tbody>
    </table>
  );
}

/** Sorts by its column, and back by urgency. */
function SortLink({ address, sort, name }: { address: PanelAddress; sort: PanelSort; name: string }) {
  const isSorted = address.sort === sort;
  const Arrow = isSorted ? ArrowDown : ArrowUpDown;
  return (
    <>
      {/* Cards have no visible head: nothing in it may take the focus. */}
      <span className="xl:hidden">{name}</span>
      <Link
        href={panelAddress({ ...address, cursor: null, sort: isSorted ? null : sort })}
        prefetch={false}
        className="hidden min-h-6 items-center gap-1 underline-offset-2 hover:underline xl:inline-flex"
      >
        {name}
        <Arrow size={12} aria-hidden="true" />
      </Link>
    </>
  );
}
