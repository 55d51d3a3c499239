import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import type { MlRun } from '@/api/types';
import { formatShare } from '@/format/percent';
import { formatInstant } from '@/format/time';

interface AnswerProps {
  /** Where one run answers more than one question. */
  id?: string;
  title: string;
  run: MlRun;
  timeZone: string;
  children: ReactNode;
}

/** One question with its answer, and what the answer rests on; or what is missing for one. */
export async function Answer({ id, title, run, timeZone, children }: AnswerProps) {
  const [t, locale] = await Promise.all([getTranslations('findings'), getLocale()]);
  const { algorithm, result, meta, timing } = run;
  const headingId = `findings-${id ?? algorithm}`;
  const instant = (at: string) => formatInstant(at, timeZone, locale);
  return (
    <section className="card grid gap-3" aria-labelledby={headingId}>
      <h2 id={headingId} className="text-lg font-semibold">
        {title}
      </h2>
      {result?.status === 'too-little-data' ? (
        <p className="text-muted">{t('missing', { what: result.missing.join('; ') })}</p>
      ) : (
        children
      )}
      {meta ? (
        <p className="text-xs text-muted">
          {t('basis', {
            from: instant(meta.window.from),
            to: instant(meta.window.to),
            active: formatShare(meta.coverage.activePercent, locale),
            meals: meta.coverage.meals,
            doses: meta.coverage.doses,
            activities: meta.coverage.activities,
            sleep: meta.coverage.sleep,
            algorithm,
            version: meta.version,
            when: instant(timing.finishedAt ?? timing.createdAt),
          })}
        </p>
      ) : null}
    </section>
  );
}
