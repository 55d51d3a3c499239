import { getLocale, getTranslations } from 'next-intl/server';
import type { Bound, GlucoseUnit, Ranges, RangeSegment } from '@/api/types';
import { fixedDecimals } from '@/format/number-format';
import { formatPercent, hoursAndMinutes } from '@/format/percent';
import { ChartFrame } from '../chart-frame';
import { DataTable } from '../data-table';
import { RangeBar } from './range-bar';

interface RangeChartProps {
  ranges: Ranges;
  unit: GlucoseUnit;
  height: number;
  className?: string;
  children?: React.ReactNode;
}

export async function RangeChart({ ranges, unit, height, className = '', children }: RangeChartProps) {
  const [t, bands, locale] = await Promise.all([getTranslations('ranges'), getTranslations('bands'), getLocale()]);
  const limits = (segment: RangeSegment) => {
    const { low, high } = printedLimits(segment, unit, locale);
    if (low && high) return t('between', { low, high });
    if (low) return t('above', { value: low });
    return high ? t('below', { value: high }) : '';
  };
  const perDay = (segment: RangeSegment) =>
    segment.minutesPerDay === null ? '' : t('durationShort', hoursAndMinutes(segment.minutesPerDay));
  const detail = (segment: RangeSegment) => [limits(segment), perDay(segment)].filter(Boolean).join(' · ');
  const displayed = (find: { percent: number | null; display: string } | undefined) =>
    find && find.percent !== null ? `${find.display} %` : '–';
  const inRange = ranges.segments.find(({ band }) => band === 'inRange');
  const below = ranges.brackets.find(({ code }) => code === 'below');
  const above = ranges.brackets.find(({ code }) => code === 'above');
  const summary =
    inRange && inRange.percent !== null
      ? t('summary', { inRange: displayed(inRange), below: displayed(below), above: displayed(above) })
      : t('none');
  const names = { name: '', detail: '' };
  const labels = {
    graphic: `${t('title')}. ${summary}`,
    bands: { veryHigh: names, high: names, inRange: names, low: names, veryLow: names },
    brackets: { above: t('brackets.above'), below: t('brackets.below') },
  };
  for (const segment of ranges.segments) {
    labels.bands[segment.band] = { name: bands(segment.band), detail: detail(segment) };
  }

  return (
    <ChartFrame
      id="ranges"
      title={t('title')}
      summary={summary}
      className={className}
      {...(ranges.tightRange && ranges.tightRange.percent !== null
        ? { note: t(unit === 'mmol/L' ? 'tightMmoll' : 'tight', { percent: `${ranges.tightRange.display} %` }) }
        : {})}
      tableLabel={t('showTable')}
      table={
        <DataTable
          caption={t('title')}
          columns={[t('columns.band'), t('columns.limits', { unit }), t('columns.percent'), t('columns.perDay')]}
          rows={ranges.segments.map((segment) => [
            bands(segment.band),
            limits(segment),
            segment.percent === null ? '–' : formatPercent(segment.percent, locale),
            perDay(segment) || '–',
          ])}
        />
      }
    >
      <RangeBar ranges={ranges} labels={labels} height={height} />
      {children}
    </ChartFrame>
  );
}

/**
 * Limits as a clinician reads them. Both ends of the target belong to the target, so its neighbours are printed one step
 * away from it: 54-69, 70-180, 181-250. A band open to one side names its limit alone.
 */
function printedLimits(segment: RangeSegment, unit: GlucoseUnit, locale: string) {
  const step = unit === 'mmol/L' ? 0.1 : 1;
  const closed = segment.low !== null && segment.high !== null;
  const lowStep = closed && segment.band === 'high' ? step : 0;
  const highStep = closed && segment.band === 'low' ? -step : 0;
  return {
    low: formatBound(segment.low, lowStep, unit, locale),
    high: formatBound(segment.high, highStep, unit, locale),
  };
}

function formatBound(bound: Bound | null, step: number, unit: GlucoseUnit, locale: string): string | null {
  const value = unit === 'mmol/L' ? bound?.mmoll : bound?.mgdl;
  if (value === null || value === undefined) return null;
  const digits = unit === 'mmol/L' ? 1 : 0;
  return fixedDecimals(locale, digits).format(value + step);
}
