import { getLocale, getTranslations } from 'next-intl/server';
import type { ImportReport } from '@/api/types';

const SHOWN = 200;

/** Line, column and value as they stand in the file, so that they can be found and mended there. */
export async function RowErrors({ report }: { report: ImportReport }) {
  const [t, locale] = await Promise.all([getTranslations('upload'), getLocale()]);
  const shown = report.errors.slice(0, SHOWN);
  const all = Math.max(report.counts.rejected, report.errors.length);
  return (
    <section className="card" aria-labelledby="row-errors">
      <h2 id="row-errors" className="text-lg font-semibold">
        {t('errorsTitle')}
      </h2>
      {all > shown.length ? <p className="text-sm text-muted">{t('errorsMore', { count: shown.length })}</p> : null}
      <table role="table" className="stack-table mt-3">
        <thead role="rowgroup">
          <tr role="row">
            {(['line', 'column', 'value', 'message'] as const).map((column) => (
              <th key={column} role="columnheader" scope="col">
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {shown.map((error) => (
            <tr key={`${error.line} ${error.column} ${error.code}`} role="row">
              <th role="rowheader" scope="row" data-label={t('line')}>
                {error.line.toLocaleString(locale)}
              </th>
              <td role="cell" data-label={t('column')}>
                {error.column || '–'}
              </td>
              <td role="cell" data-label={t('value')} className="font-mono break-all">
                {error.value || '–'}
              </td>
              <td role="cell" data-label={t('message')}>
                {error.message}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
