import type { Metadata } from 'next';
import { NextIntlClientProvider } from 'next-intl';
import { notFound } from 'next/navigation';
import { getMessages, getTranslations } from 'next-intl/server';
import { getAlertSettings } from '@/api/alert-settings';
import { getCurrentUser } from '@/api/client';
import { BackLink } from '@/components/layout/back-link';
import { UnitToggle } from '@/components/layout/unit-toggle';
import { isSavedNow } from '@/components/form/saved';
import { submitSettings } from '@/features/alert-settings/actions';
import { SettingsForm } from '@/features/alert-settings/settings-form';
import { SettingsHistory } from '@/features/alert-settings/settings-history';
import { SettingsNotes } from '@/features/alert-settings/settings-notes';
import { unitFor } from '@/preferences/unit-for';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('alertSettings'))('title') };
}

/** What a clinic alerts its patients to. Its members see it, its clinicians change it. */
export default async function ClinicAlertSettingsPage({
  params,
  searchParams,
}: PageProps<'/clinics/[id]/alert-settings'>) {
  const [{ id }, query, user, t, messages] = await Promise.all([
    params,
    searchParams,
    getCurrentUser(),
    getTranslations('alertSettings'),
    getMessages(),
  ]);
  const roles = user.memberships.filter(({ organisationId }) => organisationId === id);
  const [membership] = roles;
  if (!membership) notFound();
  const owner = { kind: 'organisations', id } as const;
  const report = await getAlertSettings(owner, await unitFor(query['unit']));
  const mayChange = roles.some(({ role }) => role === 'clinician');
  const address = `/clinics/${id}/alert-settings`;
  return (
    <main id="main" className="mx-auto grid max-w-5xl gap-4 px-4 py-6">
      <div>
        <BackLink href="/alerts">{t('backToAlerts')}</BackLink>
        <div className="flex flex-wrap items-end justify-between gap-3">
          <h1 className="text-2xl font-semibold">{t('title')}</h1>
          <UnitToggle current={report.unit} address={(unit) => `${address}?unit=${unit}`} />
        </div>
        <p className="mt-1 max-w-prose text-muted">{t('introClinic', { clinic: membership.organisationName })}</p>
        {mayChange ? null : <p className="mt-1 text-muted">{t('readOnly')}</p>}
      </div>
      <NextIntlClientProvider messages={{ alerts: messages.alerts, alertSettings: messages.alertSettings }}>
        <SettingsNotes report={report} />
        <SettingsForm
          key={`${report.unit} ${report.history[0]?.from}`}
          action={submitSettings.bind(null, { owner, unit: report.unit, address })}
          report={report}
          saved={isSavedNow(query['saved'], Date.now())}
          below="default"
          statistics={null}
          mayChange={mayChange}
        />
      </NextIntlClientProvider>
      <SettingsHistory history={report.history} timeZone={null} />
    </main>
  );
}
