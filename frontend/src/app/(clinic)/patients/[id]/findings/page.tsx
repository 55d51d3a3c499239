import type { Metadata } from 'next';
import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import { getPatient } from '@/api/client';
import { getFindings } from '@/api/findings';
import { BackLink } from '@/components/layout/back-link';
import { SyntheticRibbon } from '@/components/layout/synthetic-ribbon';
import { lookAgain, stopLooking } from '@/features/findings/actions';
import { Influences } from '@/features/findings/influences';
import { LookButton } from '@/features/findings/look-button';
import { Rules } from '@/features/findings/rules';
import { StrangeDays } from '@/features/findings/strange-days';
import { UnderWay } from '@/features/findings/under-way';

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
    <>
      {patient.synthetic ? <SyntheticRibbon /> : null}
      <main id="main" className="mx-auto grid max-w-3xl gap-4 px-4 py-6">
        <div>
          <BackLink href={`/patients/${id}`}>{patient.displayName}</BackLink>
          <h1 className="text-2xl font-semibold">{t('title')}</h1>
          <p className="mt-1 text-muted">{t('intro', { name: patient.displayName })}</p>
        </div>
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
      </main>
    </>
  );
}
