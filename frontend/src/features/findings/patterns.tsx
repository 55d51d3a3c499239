import { getLocale, getTranslations } from 'next-intl/server';
import type { ClinicalPattern, MlRun, PatternsResult } from '@/api/types';
import { formatShare } from '@/format/percent';
import { formatProbability } from '@/format/probability';
import { formatDay, formatInstant } from '@/format/time';
import { Answer } from './answer';

interface PatternsProps {
  run: MlRun;
  timeZone: string;
}

/** What recurs, each beside what chance would give, what shows it and what it is not; then what was not found. */
export async function Patterns({ run, timeZone }: PatternsProps) {
  const [t, locale] = await Promise.all([getTranslations('patterns'), getLocale()]);
  const { found = [], notFound = [], unanswered = [], ...answer } = run.result as Partial<PatternsResult>;
  const name = (kind: ClinicalPattern['kind'], part: string | null) => t(`kinds.${kind}`, { part: part ?? 'none' });
  const daysOf = (sightings: ClinicalPattern['seen']['newest']) =>
    sightings.map(({ day, at }) => (at ? formatInstant(at, timeZone, locale) : formatDay(day, locale))).join('; ');
  return (
    <Answer title={t('title')} run={run} timeZone={timeZone}>
      {answer.tested !== undefined && found.length === 0 ? <p>{t('none', { tested: answer.tested })}</p> : null}
      {found.length > 0 ? (
        <ul className="grid gap-5">
          {found.map((one) => (
            <li key={`${one.kind} ${one.part}`} className="grid gap-1">
              <h3 className="font-semibold">{name(one.kind, one.part)}</h3>
              <p className="max-w-prose">{one.text}</p>
              <p className="max-w-prose text-sm text-muted">{one.isNot}</p>
              <details>
                <summary className="cursor-pointer text-sm text-accent">{t('newest')}</summary>
                <p className="mt-1 max-w-prose text-sm text-muted">{daysOf(one.seen.newest)}</p>
                {one.likely?.newest.length && daysOf(one.likely.newest) !== daysOf(one.seen.newest) ? (
                  <p className="mt-1 max-w-prose text-sm text-muted">
                    {t('likely', { days: daysOf(one.likely.newest) })}
                  </p>
                ) : null}
                <p className="mt-1 max-w-prose text-sm text-muted">
                  {t('test', { test: one.test, p: formatProbability(one.adjustedP, locale) })}
                </p>
              </details>
            </li>
          ))}
        </ul>
      ) : null}
      {notFound.length > 0 ? (
        <details>
          <summary className="cursor-pointer text-sm text-accent">{t('notFound', { count: notFound.length })}</summary>
          <ul className="mt-2 grid gap-2 text-sm text-muted">
            {notFound.map(({ kind, part, text }) => (
              <li key={`${kind} ${part}`} className="max-w-prose">
                {t('line', { name: name(kind, part), text })}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      {unanswered.length > 0 ? (
        <details>
          <summary className="cursor-pointer text-sm text-accent">
            {t('unanswered', { count: unanswered.length })}
          </summary>
          <ul className="mt-2 grid gap-2 text-sm text-muted">
            {unanswered.map(({ kind, part, missing }) => (
              <li key={`${kind} ${part}`} className="max-w-prose">
                {t('line', { name: name(kind, part), text: missing })}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      {answer.falseDiscoveryRate !== undefined ? (
        <p className="text-sm text-muted">
          {answer.caution} {t('rate', { percent: formatShare(100 * answer.falseDiscoveryRate, locale) })}
        </p>
      ) : null}
    </Answer>
  );
}
