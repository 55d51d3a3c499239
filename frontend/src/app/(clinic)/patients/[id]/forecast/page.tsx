import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { getPatient } from '@/api/client';
import { getForecast, getForecastModel } from '@/api/findings';
import { FanChart } from '@/charts/forecast/fan-chart';
import { PersonPage } from '@/components/layout/person-page';
import { ModelCheck } from '@/features/forecast/model-check';
import { LiveRefresh } from '@/features/live/live-refresh';
import { unitFor } from '@/preferences/unit-for';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('forecast'))('title') };
}

export default async function ForecastPage({ params, searchParams }: PageProps<'/patients/[id]/forecast'>) {
  const [{ id }, query] = await Promise.all([params, searchParams]);
  const [patient, forecast, serving, chosenUnit, t] = await Promise.all([
    getPatient(id),
    getForecast(id),
    getForecastModel(id),
    unitFor(query['unit']),
    getTranslations('forecast'),
  ]);
  const unit = chosenUnit ?? patient.unit;
  return (
    <PersonPage patient={patient} title={t('title')} intro={t('intro', { name: patient.displayName })}>
      <LiveRefresh patientId={id} everyMs={2_000} />
      {'steps' in forecast ? (
        <FanChart forecast={forecast} unit={unit} timeZone={patient.timeZone} />
      ) : (
        <p className="card">{t(`none.${forecast.unavailable}`)}</p>
      )}
      <ModelCheck
        serving={serving}
        intervals={'steps' in forecast ? forecast.intervals : []}
        unit={unit}
        timeZone={patient.timeZone}
      />
    </PersonPage>
  );
}
