import { getLocale, getTranslations } from 'next-intl/server';
import type { Alert, GlucoseUnit, Reading } from '@/api/types';
import { convertGlucose, formatGlucose, formatReading } from '@/format/glucose';
import { formatInstant } from '@/format/time';
import { GlucoseLabels, TimeLabels } from '../axis-labels';
import { ChartFrame } from '../chart-frame';
import { DataTable } from '../data-table';
import { layoutEpisode } from './layout';

const HEIGHT = 220;
const CENSORED = { low: '<', high: '>' } as const;

interface EpisodeChartProps {
  alert: Alert;
  readings: readonly Reading[];
  unit: GlucoseUnit;
  timeZone: string;
  from: Date;
  to: Date;
}

/** The readings an alert opened on and what followed, with the limit that held then. */
export async function EpisodeChart({ alert, readings, unit, timeZone, from, to }: EpisodeChartProps) {
  const [t, locale] = await Promise.all([getTranslations('alerts'), getLocale()]);
  const { threshold } = alert.evidence;
  const thresholdMgdl = threshold && convertGlucose(threshold.value, threshold.unit, 'mg/dL');
  const layout = layoutEpisode(readings, {
    height: HEIGHT,
    unit,
    from: from.getTime(),
    to: to.getTime(),
    thresholdMgdl,
  });
  const clock = (instant: string | Date) => formatInstant(new Date(instant).toISOString(), timeZone, locale, false);
  const across = (minute: number) => `${((minute / layout.minutes) * 100).toFixed(2)}%`;
  const minuteOf = (instant: string) => (Date.parse(instant) - from.getTime()) / 60_000;
  const opened = minuteOf(alert.openedAt);
  /** Words away from each other and from the axis: an alert may be over minutes after it opened. */
  const marks = [
    {
      name: t('detail.opened'),
      minute: opened,
      anchor: opened / layout.minutes > 0.3 ? ('end' as const) : ('start' as const),
    },
    ...(alert.closedAt
      ? [{ name: t('detail.closed'), minute: minuteOf(alert.closedAt), anchor: 'start' as const }]
      : []),
  ];
  return (
    <ChartFrame
      id="episode"
      title={t('detail.chart')}
      summary={
        readings.length === 0 ? t('detail.none') : t('detail.summary', { unit, zone: timeZone.replaceAll('_', ' ') })
      }
      tableLabel={t('detail.table')}
      table={
        <DataTable
          caption={t('detail.chart')}
          columns={[t('detail.time'), unit]}
          rows={readings.map(({ measuredAt, value, unit: reported, censored }) => [
            formatInstant(measuredAt, timeZone, locale),
            `${censored ? CENSORED[censored] : ''}${formatReading(value, reported, unit, locale)}`,
          ])}
        />
      }
    >
      <div
        role="img"
        aria-label={t('detail.chartLabel', { from: clock(from), to: clock(to), opened: clock(alert.openedAt) })}
        className="grid grid-cols-[40px_minmax(0,1fr)_56px] pt-5"
      >
        <GlucoseLabels axis={layout.axis} height={HEIGHT} format={(mgdl) => formatGlucose(mgdl, unit, locale)} />
        <svg height={HEIGHT} className="w-full overflow-visible" aria-hidden="true">
          <rect x="0" y="0" width="100%" height={HEIGHT} className="fill-none stroke-border" />
          {layout.ticks.map((minute) => (
            <line key={minute} x1={across(minute)} x2={across(minute)} y1="0" y2={HEIGHT} className="chart-grid" />
          ))}
          {layout.thresholdY === null ? null : (
            <line x1="0" x2="100%" y1={layout.thresholdY} y2={layout.thresholdY} className="chart-threshold-target" />
          )}
          {marks.map(({ name, minute, anchor }) => (
            <g key={name}>
              <line x1={across(minute)} x2={across(minute)} y1="0" y2={HEIGHT} className="chart-cursor" />
              <text x={across(minute)} y="-6" textAnchor={anchor} className="chart-text">
                {name}
              </text>
            </g>
          ))}
          <svg
            viewBox={`0 0 ${layout.minutes} ${HEIGHT}`}
            preserveAspectRatio="none"
            width="100%"
            height={HEIGHT}
            className="overflow-visible"
          >
            <path d={layout.line} className="day-line" />
          </svg>
          {layout.dots.map(({ minute, y }) => (
            <circle key={minute} cx={across(minute)} cy={y} r="2.5" className="fill-text" />
          ))}
        </svg>
        <svg height={HEIGHT} className="w-full overflow-visible" aria-hidden="true">
          {layout.thresholdY === null || !threshold ? null : (
            <text x="6" y={layout.thresholdY} dy="0.35em" className="chart-text">
              {t('detail.threshold', { value: formatReading(threshold.value, threshold.unit, unit, locale) })}
            </text>
          )}
        </svg>
        <TimeLabels
          ticks={layout.ticks}
          across={across}
          format={(minute) => clock(new Date(from.getTime() + minute * 60_000))}
        />
      </div>
    </ChartFrame>
  );
}
