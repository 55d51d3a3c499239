import Link from 'next/link';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ImportReport } from '@/api/types';
import { formatInstant } from '@/format/time';
import { takeBack } from './actions';
import { dataPeriod } from './data-period';
import { RowErrors } from './row-errors';
import { UndoImport } from './undo-import';

interface ImportResultProps {
  patientId: string;
  timeZone: string;
  report: ImportReport;
}

/** What became of the file: how much was new, what was refused and why, and where to see it. */
export async function ImportResult({ patientId, timeZone, report }: ImportResultProps) {
  const [t, locale] = await Promise.all([getTranslations('upload'), getLocale()]);
  const refused = report.status === 'refused';
  const { counts, firstMeasuredAt, lastMeasuredAt, undoneAt } = report;
  const figures = [
    { name: t('new'), count: counts.new },
    { name: t('known'), count: counts.known },
    { name: t('rejected'), count: counts.rejected },
  ];
  return (
    <>
      <section className="card grid gap-4" aria-labelledby="import-result">
        <div role="status">
          <h2 id="import-result" className={`text-lg font-semibold ${refused ? 'text-low' : ''}`}>
            {refused ? t('refused') : t('done')}
          </h2>
          <p className="text-sm text-muted">
            {refused
              ? [report.refusal?.message, t('refusedBody')].filter(Boolean).join(' ')
              : report.format
                ? t('format', { format: t(`formats.${report.format}`) })
                : report.label}
          </p>
        </div>
        {refused ? null : (
          <dl className="grid grid-cols-3 gap-3">
            {figures.map(({ name, count }) => (
              <div key={name} className="flex flex-col-reverse justify-end rounded border border-border p-3">
                <dt className="text-xs text-muted sm:text-sm">{name}</dt>
                <dd className="text-xl font-semibold tabular-nums sm:text-2xl">{count.toLocaleString(locale)}</dd>
              </div>
            ))}
          </dl>
        )}
        {undoneAt ? (
          <p className="text-sm font-medium">
            {t('states.undone', { when: formatInstant(undoneAt, timeZone, locale) })}
          </p>
        ) : null}
        {firstMeasuredAt && lastMeasuredAt ? (
          <p className="text-sm">
            {t('covers', {
              from: formatInstant(firstMeasuredAt, timeZone, locale),
              to: formatInstant(lastMeasuredAt, timeZone, locale),
            })}
          </p>
        ) : null}
        <div className="flex flex-wrap gap-3">
          {firstMeasuredAt && lastMeasuredAt && !undoneAt ? (
            <Link
              href={`/patients/${patientId}?${dataPeriod(firstMeasuredAt, lastMeasuredAt)}`}
              className="button button-primary"
            >
              {t('toPatient')}
            </Link>
          ) : null}
          <Link href={`/patients/${patientId}/upload`} className="button">
            {t('another')}
          </Link>
        </div>
        {refused || undoneAt ? null : (
          <UndoImport label={report.label} action={takeBack.bind(null, patientId, report.id)} />
        )}
      </section>
      {!refused && report.errors.length > 0 ? <RowErrors report={report} /> : null}
    </>
  );
}
