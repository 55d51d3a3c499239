import { getLocale, getTranslations } from 'next-intl/server';
import type { ImportReport } from '@/api/types';
import { answerQuestions } from './actions';
import { readBothWays } from './date-order-example';

interface ImportQuestionsProps {
  patientId: string;
  report: ImportReport;
}

/** What the file leaves open. Nothing is guessed and nothing is stored until it is answered. */
export async function ImportQuestions({ patientId, report }: ImportQuestionsProps) {
  const [t, locale] = await Promise.all([getTranslations('upload'), getLocale()]);
  const { questions } = report;
  const order = questions.find(({ code }) => code === 'date-order');
  const example = order?.samples.map((sample) => readBothWays(sample, locale)).find((both) => both !== null);
  if (!order) return <p className="card">{t('otherQuestion')}</p>;
  return (
    <form action={answerQuestions.bind(null, patientId, report.id)} className="card grid gap-4">
      <fieldset className="grid gap-3">
        <legend className="mb-2 text-lg font-semibold">{t('question')}</legend>
        <p className="text-sm text-muted">{t('questionBody')}</p>
        <ul className="flex flex-wrap gap-2 tabular-nums">
          {order.samples.map((sample) => (
            <li key={sample} className="rounded bg-surface px-2 py-1 font-mono text-sm">
              {sample}
            </li>
          ))}
        </ul>
        <Choice value="DMY" label={t('dayFirst', { example: example?.dayFirst ?? '31.12.' })} />
        <Choice value="MDY" label={t('monthFirst', { example: example?.monthFirst ?? '12/31' })} />
      </fieldset>
      <button type="submit" className="button button-primary min-h-11 justify-self-start">
        {t('continue')}
      </button>
    </form>
  );
}

function Choice({ value, label }: { value: 'DMY' | 'MDY'; label: string }) {
  return (
    <label className="flex min-h-11 cursor-pointer items-center gap-3 rounded border border-control px-3 has-checked:border-accent has-checked:bg-surface">
      <input type="radio" name="dateOrder" value={value} required className="size-5 accent-(--accent)" />
      {label}
    </label>
  );
}
