import Link from 'next/link';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ImportSummary } from '@/api/types';
import { formatInstant } from '@/format/time';
import { takeBack } from './actions';
import { UndoImport } from './undo-import';

interface UploadHistoryProps {
  patientId: string;
  timeZone: string;
  imports: readonly ImportSummary[];
}

/** Every upload with what became of it, the newest first; one that brought something can be taken back. */
export async function UploadHistory({ patientId, timeZone, imports }: UploadHistoryProps) {
  const [t, locale] = await Promise.all([getTranslations('upload'), getLocale()]);
  const instant = (at: string) => formatInstant(at, timeZone, locale);
  const period = ({ firstMeasuredAt, lastMeasuredAt }: ImportSummary) =>
    firstMeasuredAt && lastMeasuredAt
      ? t('periodRange', { from: instant(firstMeasuredAt), to: instant(lastMeasuredAt) })
      : '–';
  const outcome = ({ status, undoneAt, counts }: ImportSummary) =>
    undoneAt ? t('states.undone', { when: instant(undoneAt) }) : t(`states.${status}`, { count: counts.new });
  return (
    <section className="card" aria-labelledby="upload-history">
      <h2 id="upload-history" className="text-lg font-semibold">
        {t('history')}
      </h2>
      {imports.length === 0 ? <p className="mt-1 text-sm text-muted">{t('historyEmpty')}</p> : null}
      {imports.length > 0 ? (
        <table role="table" className="stack-table mt-3">
          <thead role="rowgroup">
            <tr role="row">
              {(['when', 'outcome', 'period'] as const).map((column) => (
                <th key={column} role="columnheader" scope="col">
                  {t(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {imports.map((one) => (
              <tr key={one.id} role="row">
                <th role="rowheader" scope="row" data-label={t('when')}>
                  <div>
                    {' '}
                    <Link
                      href={`/patients/${patientId}/upload?import=${one.id}`}
                      className="text-accent hover:underline"
                    >
                      {instant(one.createdAt)}
                    </Link>
                    <span className="block text-xs font-normal text-muted">{one.label}</span>
                  </div>{' '}
                </th>
                <td role="cell" data-label={t('outcome')}>
                  <div className="grid gap-2">
                    {outcome(one)}
                    {one.status === 'done' && !one.undoneAt ? (
                      <UndoImport label={instant(one.createdAt)} action={takeBack.bind(null, patientId, one.id)} />
                    ) : null}
                  </div>
                </td>
                <td role="cell" data-label={t('period')}>
                  {period(one)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </section>
  );
}
