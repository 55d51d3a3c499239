import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { getPatients } from '@/api/client';
import { SyntheticRibbon } from '@/components/layout/synthetic-ribbon';
import { LiveRefresh } from '@/features/live/live-refresh';
import { EmptyPanel } from '@/features/panel/empty-panel';
import { LowHintLegend } from '@/features/panel/low-hint-legend';
import { PanelFilters } from '@/features/panel/panel-filters';
import { PanelSearch } from '@/features/panel/panel-search';
import { PanelTable } from '@/features/panel/panel-table';
import { isNarrowed, panelAddress, parsePanelAddress } from '@/features/panel/panel-query';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('panel'))('title') };
}

export default async function PatientsPage({ searchParams }: PageProps<'/patients'>) {
  const address = parsePanelAddress(await searchParams);
  const [panel, t] = await Promise.all([getPatients(address), getTranslations('panel')]);
  const anybody = panel.items.length > 0 || isNarrowed(address);
  return (
    <>
      {panel.items.some((item) => item.synthetic) ? <SyntheticRibbon /> : null}
      <main id="main" className="mx-auto grid max-w-[90rem] gap-4 px-4 py-4">
        <LiveRefresh kinds={['reading', 'alert']} everyMs={15_000} hold=".panel-table" />
        <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
          <div>
            <h1 className="text-2xl font-semibold">{t('title')}</h1>
            <p className="text-sm text-muted">{t(address.sort === 'low-risk' ? 'periodByChance' : 'period')}</p>
          </div>
          {anybody ? <PanelSearch address={address} /> : null}
        </div>
        {anybody ? <PanelFilters counts={panel.counts} address={address} /> : null}
        <p role="status" className="sr-only">
          {t('shown', { shown: panel.items.length })}
        </p>
        {panel.items.length > 0 ? (
          <PanelTable items={panel.items} address={address} />
        ) : (
          <EmptyPanel address={address} />
        )}
        {panel.items.length > 0 ? <LowHintLegend trust={panel.lowRiskTrust} address={address} /> : null}
        <div className="flex gap-3">
          {address.cursor ? (
            <Link href={panelAddress({ ...address, cursor: null })} className="button">
              {t('first')}
            </Link>
          ) : null}
          {panel.nextCursor ? (
            <Link href={panelAddress({ ...address, cursor: panel.nextCursor })} className="button">
              {t('next')}
            </Link>
          ) : null}
        </div>
      </main>
    </>
  );
}
