import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { getPatient } from '@/api/client';
import { getForecast } from '@/api/findings';
import { FanChart } from '@/charts/forecast/fan-chart';
import { BackLink } from '@/components/layout/back-link';
import { SyntheticRibbon } from '@/components/layout/synthetic-ribbon';
import { Held } from '@/features/forecast/held';
import { LiveRefresh } from '@/features/live/live-refresh';
import { unitFor } from '@/preferences/unit-for';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('forecast'))('title') };
}

export default async function ForecastPage({ params, searchParams }: PageProps<'/patients/[id]/forecast'>) {
  const [{ id }, query] = await Promise.all([params, searchParams]);
  const [patient, forecast, chosenUnit, t] = await Promise.all([
    getPatient(id),
    getForecast(id),
    unitFor(query['unit']),
    getTranslations('forecast'),
  ]);
  const unit = chosenUnit ?? patient.unit;
  return (
    <>
      {patient.synthetic ? <SyntheticRibbon /> : null}
      <main id="main" className="mx-auto grid max-w-3xl gap-4 px-4 py-6">
        <LiveRefresh patientId={id} everyMs={2_000} />
        <div>
          <BackLink href={`/patients/${id}`}>{patient.displayName}</BackLink>
          <h1 className="text-2xl font-semibold">{t('title')}</h1>
          <p className="mt-1 text-muted">{t('intro', { name: patient.displayName })}</p>
        </div>
        {'steps' in forecast ? (
          <>
            <FanChart forecast={forecast} unit={unit} timeZone={patient.timeZone} />
            <Held forecast={forecast} unit={unit} />
          </>
        ) : (
          <p className="card">{t(`none.${forecast.unavailable}`)}</p>
        )}
      </main>
    </>
  );
}
