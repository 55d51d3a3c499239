import type { Metadata } from 'next';
import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import { getPatient } from '@/api/client';
import { getFindings } from '@/api/findings';
import { PersonPage } from '@/components/layout/person-page';
import { lookAgain, stopLooking } from '@/features/findings/actions';
import { Influences } from '@/features/findings/influences';
import { LookButton } from '@/features/findings/look-button';
import { Rules } from '@/features/findings/rules';
import { StrangeDays } from '@/features/findings/strange-days';
import { UnderWay } from '@/features/findings/under-way';
import { LiveRefresh } from '@/features/live/live-refresh';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('findings'))('title') };
}

export default async function FindingsPage({ params }: PageProps<'/patients/[id]/findings'>) {
  const { id } = await params;
  const [patient, { items, underWay }, t, messages] = await Promise.all([
    getPatient(id),
    getFindings(id),
    getTranslations('findings'),
    getMessages(),
  ]);
  const answered = (algorithm: (typeof items)[number]['algorithm']) => items.find((run) => run.algorithm === algorithm);
  const [influences, rules, shapes] = [answered('influences'), answered('rules'), answered('matrix-profile')];
  const nothing = !influences && !rules && !shapes;
  return (
    <PersonPage patient={patient} title={t('title')} intro={t('intro', { name: patient.displayName })}>
      <LiveRefresh patientId={id} kinds={['job']} everyMs={1_000} />
      <NextIntlClientProvider messages={{ findings: messages.findings }}>
        {underWay.length > 0 ? (
          <UnderWay count={underWay.length} stop={stopLooking.bind(null, id)} />
        ) : (
          <LookButton isFirst={nothing} action={lookAgain.bind(null, id)} />
        )}
      </NextIntlClientProvider>
      {influences ? <Influences run={influences} timeZone={patient.timeZone} /> : null}
      {rules ? <Rules run={rules} timeZone={patient.timeZone} /> : null}
      {shapes ? <StrangeDays run={shapes} timeZone={patient.timeZone} unit={patient.unit} /> : null}
    </PersonPage>
  );
}
