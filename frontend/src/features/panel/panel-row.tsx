import Link from 'next/link';
import { getLocale, getTranslations } from 'next-intl/server';
import type { Band, PanelItem } from '@/api/types';
import { MiniRangeBar } from '@/charts/ranges/mini-range-bar';
import { diabetesTypeName } from '@/features/patient/diabetes-type';
import { formatGlucose } from '@/format/glucose';
import { formatPercent, formatShare } from '@/format/percent';
import { LowHintCell } from './low-hint-cell';
import { PanelLastReading } from './panel-last-reading';
import { ReasonChip } from './reason-chip';

/** All glucose of a row is in the unit of its person, as its reasons are. */
export async function PanelRow({ item }: { item: PanelItem }) {
  const [t, types, locale] = await Promise.all([
    getTranslations('panel'),
    getTranslations('diabetesTypes'),
    getLocale(),
  ]);
  const { mean, gmi, cv, timeBelowRange } = item.metrics;
  const percent = (value: number | null, digits: number) =>
    value === null ? '–' : formatPercent(value, locale, digits);
  const displayOf = (band: Band) => {
    const segment = item.segments.find((candidate) => candidate.band === band);
    return segment && segment.percent !== null ? `${segment.display} %` : '–';
  };
  const measured = item.segments.some((segment) => segment.percent !== null);
  const facts = [
    item.ageYears === null ? null : t('age', { age: item.ageYears }),
    diabetesTypeName(item.diabetesType, types),
    item.synthetic ? t('synthetic') : null,
  ].filter((fact) => fact !== null);

  return (
    <tr role="row" className="relative">
      <th role="rowheader" scope="row">
        <Link href={`/patients/${item.id}`} prefetch={false} className="panel-link">
          {item.displayName}
        </Link>
        <span className="block text-xs font-normal text-muted">{facts.join(' · ')}</span>
      </th>
      <td role="cell" className="panel-reason">
        <ReasonChip flags={item.flags} />
      </td>
      <td role="cell" className="panel-ranges">
        {measured ? (
          <MiniRangeBar
            segments={item.segments}
            label={t('rangesSummary', {
              veryLow: displayOf('veryLow'),
              low: displayOf('low'),
              inRange: displayOf('inRange'),
              high: displayOf('high'),
              veryHigh: displayOf('veryHigh'),
            })}
          />
        ) : (
          <span className="text-xs text-muted">{t('rangesNone')}</span>
        )}
      </td>
      <td role="cell" data-label={t('columns.timeInRange')} className="font-semibold">
        {displayOf('inRange')}
      </td>
      <td role="cell" data-label={t('columns.timeBelow')}>
        {percent(timeBelowRange, 1)}
      </td>
      <td role="cell" data-label={t('columns.lowsAhead')}>
        <LowHintCell item={item} />
      </td>
      <td role="cell" data-label={t('columns.mean')}>
        {mean === null ? '–' : formatGlucose(mean, item.unit, locale)}
        {mean === null ? null : <span className="text-xs text-muted"> {item.unit}</span>}
      </td>
      <td role="cell" data-label={t('columns.gmi')}>
        {percent(gmi, 1)}
      </td>
      <td role="cell" data-label={t('columns.cv')}>
        {percent(cv, 0)}
      </td>
      <td role="cell" data-label={t('columns.active')}>
        {formatShare(item.coverage.activePercent, locale)}
      </td>
      <td role="cell" data-label={t('columns.last')}>
        <PanelLastReading reading={item.lastReading} unit={item.unit} />
      </td>
    </tr>
  );
}
