import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import type { GlucoseUnit, MlTrace, Profile } from '@/api/types';
import { ChartFrame } from '@/charts/chart-frame';
import { DataTable } from '@/charts/data-table';
import { layoutOverlay } from '@/charts/overlay/layout';
import { OverlayGraphic } from '@/charts/overlay/overlay-graphic';
import { formatGlucose } from '@/format/glucose';

const HEIGHT = 180;
/** A table of a day has a row for each hour, and one of an hour for each quarter. */
const TABLE_ROWS = 24;
const TABLE_STEP_MINUTES = 15;

interface OverlayFigureProps {
  id: string;
  title: string;
  summary: string;
  label: string;
  /** The first is what the others are compared with. */
  traces: ReadonlyArray<{ name: string; trace: MlTrace }>;
  unit: GlucoseUnit;
  profile: Profile;
  showsUsual: boolean;
  note?: ReactNode;
}

/** Stretches of glucose laid over each other, as a picture and as a table. */
export async function OverlayFigure(props: OverlayFigureProps) {
  const { id, title, summary, label, traces, unit, profile, showsUsual, note } = props;
  const [t, locale] = await Promise.all([getTranslations('overlay'), getLocale()]);
  const layout = layoutOverlay(
    traces.map(({ trace }) => trace),
    { height: HEIGHT, unit, profile, usualFrom: showsUsual ? (traces[0]?.trace.startMinuteOfDay ?? null) : null },
  );
  const glucose = (mgdl: number) => formatGlucose(mgdl, unit, locale);
  const duration = (minutes: number) =>
    minutes % 60 === 0 ? t('hours', { hours: minutes / 60 }) : t('minutes', { minutes });
  return (
    <ChartFrame
      id={id}
      isPart
      title={title}
      summary={summary}
      note={note}
      tableLabel={t('table')}
      table={
        <DataTable
          caption={title}
          columns={[t('time'), ...traces.map(({ name }) => t('unit', { name, unit }))]}
          rows={tableMinutes(layout.minutes).map((minute) => [
            duration(minute),
            ...traces.map(({ trace }) => {
              const mgdl = trace.mgdl[Math.round(minute / trace.stepMinutes)] ?? null;
              return mgdl === null ? '–' : glucose(mgdl);
            }),
          ])}
        />
      }
    >
      <OverlayGraphic
        layout={layout}
        label={label}
        names={traces.map(({ name }) => name)}
        formatGlucose={glucose}
        formatMinutes={duration}
      />
    </ChartFrame>
  );
}

function tableMinutes(length: number): number[] {
  const step = Math.max(TABLE_STEP_MINUTES, Math.ceil(length / TABLE_ROWS / TABLE_STEP_MINUTES) * TABLE_STEP_MINUTES);
  return Array.from({ length: Math.ceil(length / step) }, (_, index) => index * step);
}
