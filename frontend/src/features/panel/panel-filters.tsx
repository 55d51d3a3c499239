import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { PANEL_FLAGS, type PanelAddress, panelAddress, type PanelFlagCode } from './panel-query';

interface PanelFiltersProps {
  counts: Record<string, number>;
  address: PanelAddress;
}

const COUNTED_AS: Partial<Record<PanelFlagCode, string>> = { 'on-target': 'onTarget', 'lows-likely': 'lowsLikely' };

/** Counters that are filters: each says how many people it stands for before it is followed. */
export async function PanelFilters({ counts, address }: PanelFiltersProps) {
  const t = await getTranslations('panel');
  const countOf = (code: PanelFlagCode) => counts[COUNTED_AS[code] ?? code] ?? 0;
  const filters = [
    { code: null, name: t('counters.all'), count: counts['all'] ?? 0 },
    ...PANEL_FLAGS.map((code) => ({ code, name: t(`counters.${code}`), count: countOf(code) })),
  ];
  return (
    <nav aria-label={t('filters')} className="no-print">
      <ul className="flex flex-wrap gap-2">
        {filters.map(({ code, name, count }) => (
          <li key={name}>
            <Link
              href={panelAddress({ flag: code, query: address.query, sort: address.sort })}
              prefetch={false}
              aria-current={code === address.flag ? 'true' : undefined}
              className="filter"
            >
              <span className="text-lg leading-none font-semibold tabular-nums">{count}</span>
              <span className="text-xs">{name}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
