import type { Metadata } from 'next';
import { NextIntlClientProvider } from 'next-intl';
import { getLocale, getMessages, getTranslations } from 'next-intl/server';
import { getPatient } from '@/api/client';
import { getFindings, getTraces, getUsualDay } from '@/api/findings';
import { PersonPage } from '@/components/layout/person-page';
import { lookAgain, lookAgainFor, stopLooking } from '@/features/findings/actions';
import { inUnit } from '@/features/findings/in-unit';
import { Influences } from '@/features/findings/influences';
import { Links } from '@/features/findings/links';
import { LookButton } from '@/features/findings/look-button';
import { LowRisk } from '@/features/findings/low-risk';
import { Motifs } from '@/features/findings/motifs';
import { Patterns } from '@/features/findings/patterns';
import { Rules } from '@/features/findings/rules';
import { StrangeDays } from '@/features/findings/strange-days';
import { Unanswered } from '@/features/findings/unanswered';
import { unansweredRuns } from '@/features/findings/unanswered-runs';
import { UnderWay } from '@/features/findings/under-way';
import { LiveRefresh } from '@/features/live/live-refresh';
import { unitFor } from '@/preferences/unit-for';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('findings'))('title') };
}

export default async function FindingsPage({ params, searchParams }: PageProps<'/patients/[id]/findings'>) {
  const [{ id }, query] = await Promise.all([params, searchParams]);
  const [patient, findings, chosenUnit, t, messages, locale] = await Promise.all([
    getPatient(id),
    getFindings(id),
    unitFor(query['unit']),
    getTranslations('findings'),
    getMessages(),
    getLocale(),
  ]);
  const unit = chosenUnit ?? patient.unit;
  const { underWay } = findings;
  const items = inUnit(findings.items, unit, locale);
  const answered = (algorithm: (typeof items)[number]['algorithm']) => items.find((run) => run.algorithm === algorithm);
  const [patterns, risk] = [answered('patterns'), answered('risk')];
  const [influences, rules] = [answered('influences'), answered('rules')];
  const [links, shapes] = [answered('pcmci'), answered('matrix-profile')];
  const nothing = !patterns && !risk && !influences && !rules && !links && !shapes;
  const drawn = shapes ? await Promise.all([getTraces(shapes.id), getUsualDay(shapes)]) : null;
  const failed = unansweredRuns(findings, { t, timeZone: patient.timeZone, locale });
  return (
    <PersonPage patient={patient} title={t('title')} intro={t('intro', { name: patient.displayName })}>
      <LiveRefresh patientId={id} kinds={['job']} everyMs={1_000} />
      <NextIntlClientProvider messages={{ findings: messages.findings }}>
        {underWay.length > 0 ? (
          <UnderWay
            runs={underWay.map(({ id: runId, algorithm, progress }) => ({
              id: runId,
              progress,
              name: t(`progress.${algorithm}`),
            }))}
            stop={stopLooking.bind(null, id)}
          />
        ) : (
          <LookButton isFirst={nothing && failed.length === 0} action={lookAgain.bind(null, id)} />
        )}
        {failed.length > 0 ? (
          <Unanswered runs={failed.map((one) => ({ ...one, action: lookAgainFor.bind(null, id, one.algorithm) }))} />
        ) : null}
      </NextIntlClientProvider>
      {patterns ? <Patterns run={patterns} timeZone={patient.timeZone} /> : null}
      {risk ? <LowRisk run={risk} timeZone={patient.timeZone} /> : null}
      {influences ? <Influences run={influences} timeZone={patient.timeZone} /> : null}
      {rules ? <Rules run={rules} timeZone={patient.timeZone} /> : null}
      {links ? <Links run={links} timeZone={patient.timeZone} /> : null}
      {shapes && drawn ? (
        <>
          <Motifs run={shapes} traces={drawn[0]} profile={drawn[1]} timeZone={patient.timeZone} unit={unit} />
          <StrangeDays run={shapes} traces={drawn[0]} profile={drawn[1]} timeZone={patient.timeZone} unit={unit} />
        </>
      ) : null}
    </PersonPage>
  );
}
