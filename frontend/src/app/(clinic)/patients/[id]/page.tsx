import { Lightbulb } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { getLocale, getTranslations } from 'next-intl/server';
import { getOverview } from '@/api/client';
import { getForecast } from '@/api/findings';
import { DayTiles } from '@/charts/days/day-tiles';
import { ProfileChart } from '@/charts/profile/profile-chart';
import { RangeChart } from '@/charts/ranges/range-chart';
import { SyntheticRibbon } from '@/components/layout/synthetic-ribbon';
import { UnitToggle } from '@/components/layout/unit-toggle';
import { ForecastStrip } from '@/features/forecast/forecast-strip';
import { InvitationBanners } from '@/features/invitations/invitation-banners';
import { LiveRefresh } from '@/features/live/live-refresh';
import { EmptyOverview } from '@/features/patient/empty-overview';
import { GoalsList } from '@/features/patient/goals-list';
import { MetricsCards } from '@/features/patient/metrics-cards';
import { PatientHeader } from '@/features/patient/patient-header';
import { PeriodPicker } from '@/features/patient/period-picker';
import { parsePeriod, periodQuery } from '@/features/patient/periods';
import { withoutVerdicts } from '@/features/patient/unjudged';
import { formatDay } from '@/format/time';
import { unitFor } from '@/preferences/unit-for';

/** No name in the title: titles end up in browser histories and on shared screens. */
export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('profile'))('title') };
}

export default async function PatientPage({ params, searchParams }: PageProps<'/patients/[id]'>) {
  const [{ id }, query] = await Promise.all([params, searchParams]);
  const period = parsePeriod(query);
  const [overview, forecast, chosenUnit, t, locale] = await Promise.all([
    getOverview(id, period).then(withoutVerdicts),
    getForecast(id),
    unitFor(query['unit']),
    getTranslations('patient'),
    getLocale(),
  ]);
  const unit = chosenUnit ?? overview.patient.unit;
  const { firstDay, lastDay, anchoredAt } = overview.period;
  const measured = overview.report.coverage.readings > 0;

  return (
    <>
      {overview.patient.synthetic ? <SyntheticRibbon /> : null}
      <main id="main" className="mx-auto grid max-w-[90rem] gap-3 px-4 pt-2 pb-3 print:gap-2 print:p-0">
        <LiveRefresh patientId={id} everyMs={2_000} />
        <PatientHeader overview={overview} unit={unit} />
        <InvitationBanners patientId={id} />
        {'steps' in forecast ? <ForecastStrip patientId={id} forecast={forecast} unit={unit} /> : null}
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <PeriodPicker patientId={id} current={'days' in period ? period.days : null} />
          <UnitToggle current={unit} address={(key) => `/patients/${id}?${periodQuery(period)}&unit=${key}`} />
          <p className="text-sm tabular-nums">
            {t('periodDates', { from: formatDay(firstDay, locale), to: formatDay(lastDay, locale) })}
            {anchoredAt === 'last-reading' ? (
              <span className="text-muted"> · {t('anchored', { date: formatDay(lastDay, locale, 'long') })}</span>
            ) : null}
          </p>
          <Link href={`/patients/${id}/findings`} prefetch={false} className="button no-print sm:ml-auto">
            <Lightbulb size={16} aria-hidden="true" />
            {t('findings')}
          </Link>
        </div>
        {measured ? (
          <div className="grid items-start gap-3 lg:grid-cols-[25rem_minmax(0,1fr)] print:grid-cols-2 print:gap-3">
            <div className="grid items-start gap-3 md:grid-cols-2 lg:grid-cols-1 print:contents">
              <RangeChart ranges={overview.ranges} unit={unit} height={196}>
                <GoalsList goals={overview.ranges.goals} />
              </RangeChart>
              <MetricsCards overview={overview} unit={unit} />
            </div>
            <div className="grid gap-3 print:col-span-2 print:gap-3">
              <ProfileChart profile={overview.profile} unit={unit} height={230} />
              <DayTiles days={overview.days} profile={overview.profile} unit={unit} height={58} />
            </div>
          </div>
        ) : (
          <EmptyOverview patientId={id} ever={overview.lastReading !== null} />
        )}
      </main>
    </>
  );
}
