import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { getAlert, getPatient, getReadings } from '@/api/client';
import { EpisodeChart } from '@/charts/episode/episode-chart';
import { SyntheticRibbon } from '@/components/layout/synthetic-ribbon';
import { AlertAnswers } from '@/features/alerts/alert-answers';
import { AlertTimeline } from '@/features/alerts/alert-timeline';
import { ConnectionNote } from '@/features/alerts/connection-note';
import { ruleInWords } from '@/features/alerts/rule-in-words';
import { SilentPart } from '@/features/alerts/silent-part';
import { TierMark } from '@/features/alerts/tier-mark';
import { unitFor } from '@/preferences/unit-for';

const BEFORE_MS = 30 * 60_000;
const AFTER_MS = 15 * 60_000;

/** No name in the title: titles end up in browser histories and on shared screens. */
export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('alerts'))('detail.title') };
}

export default async function AlertPage({ params, searchParams }: PageProps<'/alerts/[id]'>) {
  const [{ id }, query] = await Promise.all([params, searchParams]);
  const alert = await getAlert(id);
  const from = new Date(Date.parse(alert.openedAt) - BEFORE_MS);
  const end = alert.closedAt ?? alert.voidedAt;
  const to = end ? new Date(Date.parse(end) + AFTER_MS) : new Date();
  const [patient, readings, chosenUnit, t, patterns] = await Promise.all([
    getPatient(alert.patientId),
    getReadings(alert.patientId, from, to),
    unitFor(query['unit']),
    getTranslations('alerts'),
    getTranslations('patterns'),
  ]);
  return (
    <>
      {patient.synthetic ? <SyntheticRibbon /> : null}
      <main id="main" className="mx-auto grid max-w-5xl gap-4 px-4 py-4">
        <p className="text-sm">
          <Link href="/alerts" className="link">
            {t('detail.back')}
          </Link>
        </p>
        <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
          <div>
            <h1 className="text-2xl font-semibold">
              {alert.patientDisplayName}: {ruleInWords(alert, t, patterns)}
            </h1>
            <p className="flex flex-wrap items-center gap-1.5 text-sm">
              <TierMark severity={alert.severity} size={16} />
              {t(`tiers.${alert.severity}`)}
              {alert.suspectedCompression ? <span className="text-muted"> · {t('compression')}</span> : null}
            </p>
            <SilentPart alert={alert} className="text-sm" />
          </div>
          <Link href={`/patients/${alert.patientId}`} prefetch={false} className="button">
            {t('detail.toPatient', { name: alert.patientDisplayName })}
          </Link>
        </header>
        <ConnectionNote />
        <AlertAnswers alert={alert} unit={chosenUnit ?? patient.unit} />
        <EpisodeChart
          alert={alert}
          readings={readings.filter(({ kind }) => kind === 'cgm')}
          unit={chosenUnit ?? patient.unit}
          timeZone={patient.timeZone}
          from={from}
          to={to}
        />
        <AlertTimeline alert={alert} timeZone={patient.timeZone} />
      </main>
    </>
  );
}
