import { getLocale, getTranslations } from 'next-intl/server';
import type { GlucoseUnit, Profile, ProfileDay } from '@/api/types';
import { formatGlucose } from '@/format/glucose';
import { formatPercent } from '@/format/percent';
import { formatDay, formatWeekday } from '@/format/time';
import { glucoseAxis, MINUTES_PER_DAY } from '../axis';
import { ChartFrame } from '../chart-frame';
import { DataTable } from '../data-table';
import { DayGraphic } from './day-graphic';
import { layoutDay } from './layout';

interface DayTilesProps {
  days: readonly ProfileDay[];
  profile: Pick<Profile, 'axis' | 'target'>;
  unit: GlucoseUnit;
  height: number;
  className?: string;
}

const TILE_WIDTH_PX = 180;

/** Two weeks as small multiples, seven to a row, so that the same weekdays stand below one another. */
export async function DayTiles({ days, profile, unit, height, className = '' }: DayTilesProps) {
  const [t, locale] = await Promise.all([getTranslations('days'), getLocale()]);
  const axis = glucoseAxis(unit, profile.axis);
  const tiles = days.map((day) => describe(day));

  function describe(day: ProfileDay) {
    const values = day.points.map(([, mgdl]) => mgdl);
    const lowest = values.length ? formatGlucose(Math.min(...values), unit, locale) : '–';
    const highest = values.length ? formatGlucose(Math.max(...values), unit, locale) : '–';
    const share = day.timeInRange === null ? null : formatPercent(day.timeInRange, locale, 0);
    const layout = layoutDay(day, { height, unit, widthPx: TILE_WIDTH_PX, ...profile });
    const name = `${formatWeekday(day.day, locale, 'long')}, ${formatDay(day.day, locale)}`;
    const label = share
      ? t('label', { day: name, percent: share, lows: layout.lows.length, low: lowest, high: highest, unit })
      : t('labelNone', { day: name });
    return { day, layout, label, name, share, lowest, highest };
  }

  return (
    <ChartFrame
      id="days"
      title={t('title')}
      summary={t('summary', {
        min: formatGlucose(axis.minMgdl, unit, locale),
        max: formatGlucose(axis.maxMgdl, unit, locale),
        unit,
      })}
      className={className}
      tableLabel={t('showTable')}
      table={
        <DataTable
          caption={t('title')}
          columns={[
            t('columns.day'),
            t('columns.inRange'),
            t('columns.count'),
            `${t('columns.lowest')}, ${unit}`,
            `${t('columns.highest')}, ${unit}`,
          ]}
          rows={tiles.map(({ day, name, lowest, highest }) => [
            name,
            day.timeInRange === null ? '–' : formatPercent(day.timeInRange, locale),
            day.count.toLocaleString(locale),
            lowest,
            highest,
          ])}
        />
      }
    >
      <ol className="grid grid-cols-2 gap-x-2 gap-y-3 sm:grid-cols-4 lg:grid-cols-7 print:grid-cols-7">
        {tiles.map(({ day, layout, label, share }) => (
          <li key={day.day} className="min-w-0">
            <p className="mb-1 flex flex-wrap items-baseline justify-between gap-x-1 text-xs">
              <span className="font-medium">
                {formatWeekday(day.day, locale)} {formatDay(day.day, locale, 'short')}
                {day.lengthMinutes === MINUTES_PER_DAY ? null : (
                  <span className="text-muted"> · {t('length', { hours: day.lengthMinutes / 60 })}</span>
                )}
              </span>
              <span className="text-muted tabular-nums">{share ?? t('none')}</span>
            </p>
            <DayGraphic layout={layout} label={label} />
          </li>
        ))}
      </ol>
    </ChartFrame>
  );
}
