import { getTranslations } from 'next-intl/server';
import type { PanelItem } from '@/api/types';
import { PanelRow } from './panel-row';

/**
 * A table from 1024 px on, a card per person below. The roles are spelled out, since `display: block` on table elements
 * takes their meaning away in some browsers.
 */
export async function PanelTable({ items }: { items: readonly PanelItem[] }) {
  const t = await getTranslations('panel');
  const columns = [
    { key: 'patient', className: '' },
    { key: 'reason', className: '' },
    { key: 'ranges', className: '' },
    { key: 'timeInRange', className: 'text-right' },
    { key: 'timeBelow', className: 'text-right' },
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
          {columns.map(({ key, className }) => (
            <th key={key} role="columnheader" scope="col" className={className}>
              {t(`columns.${key}`)}
            </th>
          ))}
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
