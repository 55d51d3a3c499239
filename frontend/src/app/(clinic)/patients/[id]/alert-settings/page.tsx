import type { Metadata } from 'next';
import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import { getAlertSettings, getAlertStatistics } from '@/api/alert-settings';
import { getPatient } from '@/api/client';
import { BackLink } from '@/components/layout/back-link';
import { SyntheticRibbon } from '@/components/layout/synthetic-ribbon';
import { UnitToggle } from '@/components/layout/unit-toggle';
import { isSavedNow } from '@/components/form/saved';
import { submitSettings } from '@/features/alert-settings/actions';
import { SettingsForm } from '@/features/alert-settings/settings-form';
import { SettingsHistory } from '@/features/alert-settings/settings-history';
import { SettingsNotes } from '@/features/alert-settings/settings-notes';
import { ReachSection } from '@/features/reach/reach-section';
import { unitFor } from '@/preferences/unit-for';

const STATISTICS_DAYS = 14;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('alertSettings'))('title') };
}

export default async function AlertSettingsPage({ params, searchParams }: PageProps<'/patients/[id]/alert-settings'>) {
  const [{ id }, query, t, messages] = await Promise.all([
    params,
    searchParams,
    getTranslations('alertSettings'),
    getMessages(),
  ]);
  const owner = { kind: 'patients', id } as const;
  const [patient, report, statistics] = await Promise.all([
    getPatient(id),
    unitFor(query['unit']).then((unit) => getAlertSettings(owner, unit)),
    getAlertStatistics(id, STATISTICS_DAYS),
  ]);
  const below = patient.organisationId === null ? 'default' : 'clinic';
  const address = `/patients/${id}/alert-settings`;
  return (
    <>
      {patient.synthetic ? <SyntheticRibbon /> : null}
      <main id="main" className="mx-auto grid max-w-5xl gap-4 px-4 py-6">
        <div>
          <BackLink href={`/patients/${id}`}>{patient.displayName}</BackLink>
          <div className="flex flex-wrap items-end justify-between gap-3">
            <h1 className="text-2xl font-semibold">{t('title')}</h1>
            <UnitToggle current={report.unit} address={(unit) => `${address}?unit=${unit}`} />
          </div>
          <p className="mt-1 max-w-prose text-muted">
            {t('introPatient', { name: patient.displayName })} {t(`follows.${below}`)}
          </p>
        </div>
        <NextIntlClientProvider messages={{ alerts: messages.alerts, alertSettings: messages.alertSettings }}>
          <SettingsNotes report={report} />
          <SettingsForm
            key={`${report.unit} ${report.history[0]?.from}`}
            action={submitSettings.bind(null, { owner, unit: report.unit, address })}
            report={report}
            saved={isSavedNow(query['saved'], Date.now())}
            below={below}
            statistics={statistics}
            mayChange
          />
        </NextIntlClientProvider>
        <ReachSection patientId={id} />
        <SettingsHistory history={report.history} timeZone={patient.timeZone} />
      </main>
    </>
  );
}
