import { getLocale, getTranslations } from 'next-intl/server';
import type { GlucoseUnit, Profile, ProfileSlot } from '@/api/types';
import { formatGlucose } from '@/format/glucose';
import { clockOf } from '@/format/time';
import { ChartFrame } from '../chart-frame';
import { DataTable } from '../data-table';
import { layoutProfile } from './layout';
import { ProfileCursor } from './profile-cursor';
import { ProfileGraphic } from './profile-graphic';

interface ProfileChartProps {
  profile: Profile;
  unit: GlucoseUnit;
  height: number;
  className?: string;
}

export async function ProfileChart({ profile, unit, height, className = '' }: ProfileChartProps) {
  const [t, locale] = await Promise.all([getTranslations('profile'), getLocale()]);
  const layout = layoutProfile(profile, { height, unit });
  const glucose = (mgdl: number) => formatGlucose(mgdl, unit, locale);
  const { highest, lowest } = profile.summary;
  const summary =
    highest && lowest
      ? t('summary', {
          highTime: clockOf(highest.minuteOfDay),
          high: glucose(highest.mgdl),
          lowTime: clockOf(lowest.minuteOfDay),
          low: glucose(lowest.mgdl),
          unit,
        })
      : t('none');
  const readout = (slot: ProfileSlot) => {
    const time = clockOf(slot.minuteOfDay);
    const [p5, p25, p50, p75, p95] = percentilesOf(slot).map((mgdl) => (mgdl === null ? null : glucose(mgdl)));
    if (!p5 || !p25 || !p50 || !p75 || !p95) return t('readoutNone', { time });
    return t('readout', { time, p5, p25, p50, p75, p95, unit });
  };
  const hourly = profile.slots.filter((slot) => slot.minuteOfDay % 60 === 0);
  const notes = [
    t('explain'),
    ...(layout.sparse.length > 0 ? [t('sparse')] : []),
    t('smoothing', { slot: profile.slotMinutes, smoothing: profile.smoothing }),
  ];
  const cell = (mgdl: number | null) => (mgdl === null ? '–' : glucose(mgdl));

  return (
    <ChartFrame
      id="profile"
      title={t('title')}
      summary={summary}
      note={notes.join(' ')}
      className={className}
      tableLabel={t('showTable')}
      table={
        <DataTable
          caption={t('label', { unit })}
          columns={[t('columns.time'), '5 %', '25 %', t('columns.median'), '75 %', '95 %', t('columns.n')]}
          rows={hourly.map((slot) => [
            clockOf(slot.minuteOfDay),
            ...percentilesOf(slot).map(cell),
            slot.n.toLocaleString(locale),
          ])}
        />
      }
    >
      <ProfileCursor
        label={t('cursor')}
        hint={t('hint')}
        slotMinutes={profile.slotMinutes}
        readouts={profile.slots.map(readout)}
      >
        <ProfileGraphic
          layout={layout}
          unit={unit}
          locale={locale}
          label={t('label', { unit })}
          medianLabel={t('median')}
        />
      </ProfileCursor>
    </ChartFrame>
  );
}

function percentilesOf({ p5, p25, p50, p75, p95 }: ProfileSlot): Array<number | null> {
  return [p5, p25, p50, p75, p95];
}
