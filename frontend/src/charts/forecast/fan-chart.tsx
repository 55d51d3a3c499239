import { getLocale, getTranslations } from 'next-intl/server';
import type { GlucoseUnit, IssuedForecast } from '@/api/types';
import { wordsAfter } from '@/features/forecast/values';
import { formatGlucose } from '@/format/glucose';
import { formatInstant } from '@/format/time';
import { GlucoseLabels, TimeLabels } from '../axis-labels';
import { ChartFrame } from '../chart-frame';
import { DataTable } from '../data-table';
import { layoutFan } from './layout';

const HEIGHT = 240;

interface FanChartProps {
  forecast: IssuedForecast;
  unit: GlucoseUnit;
  timeZone: string;
}

/** What may come, as bands that open from the newest reading. */
export async function FanChart({ forecast, unit, timeZone }: FanChartProps) {
  const [t, locale] = await Promise.all([getTranslations('forecast'), getLocale()]);
  const layout = layoutFan(forecast, HEIGHT, unit);
  const across = (minute: number) => `${((minute / layout.minutes) * 100).toFixed(2)}%`;
  const glucose = (mgdl: number) => formatGlucose(mgdl, unit, locale);
  const range = (low: number, high: number) => t('range', { low: glucose(low), high: glucose(high) });
  const at = formatInstant(forecast.basedOnReadingAt, timeZone, locale, false);
  const hour = wordsAfter(forecast, 60, unit, locale);
  return (
    <ChartFrame
      id="forecast"
      title={t('chart')}
      summary={t('summary', { at, unit })}
      tableLabel={t('table')}
      table={
        <DataTable
          caption={t('chart')}
          columns={[t('time'), t('median'), t('half'), t('most')]}
          rows={forecast.steps.map(({ minutes, q05, q25, q50, q75, q95 }) => [
            String(minutes),
            glucose(q50),
            range(q25, q75),
            range(q05, q95),
          ])}
        />
      }
    >
      <div
        role="img"
        aria-label={t('chartLabel', { at, unit, in60: hour.middle, low60: hour.low, high60: hour.high })}
        className="grid grid-cols-[40px_minmax(0,1fr)_16px] pt-2"
      >
        <GlucoseLabels axis={layout.axis} height={HEIGHT} format={glucose} />
        <svg height={HEIGHT} className="w-full overflow-visible" aria-hidden="true">
          <rect x="0" y="0" width="100%" height={HEIGHT} className="fill-none stroke-border" />
          {layout.ticks.map((minute) => (
            <line key={minute} x1={across(minute)} x2={across(minute)} y1="0" y2={HEIGHT} className="chart-grid" />
          ))}
          <svg
            viewBox={`0 0 ${layout.minutes} ${HEIGHT}`}
            preserveAspectRatio="none"
            width="100%"
            height={HEIGHT}
            className="overflow-visible"
          >
            <path d={layout.most} className="forecast-most" />
            <path d={layout.half} className="forecast-half" />
            <path d={layout.median} className="forecast-median" />
          </svg>
          {[layout.targetY.low, layout.targetY.high].map((y) => (
            <line key={y} x1="0" x2="100%" y1={y} y2={y} className="chart-threshold-target" />
          ))}
        </svg>
        <TimeLabels ticks={layout.ticks} across={across} format={(minute) => (minute === 0 ? at : `+${minute}`)} />
      </div>
    </ChartFrame>
  );
}
