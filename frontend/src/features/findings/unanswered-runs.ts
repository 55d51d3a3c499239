import type { getTranslations } from 'next-intl/server';
import { USUAL_ALGORITHMS } from '@/api/findings';
import type { Findings, MlRun } from '@/api/types';
import { formatInstant } from '@/format/time';

interface Words {
  t: Awaited<ReturnType<typeof getTranslations<'findings'>>>;
  timeZone: string;
  locale: string;
}

type Findable = (typeof USUAL_ALGORITHMS)[number];

/** The questions of the page whose last try failed or was stopped, in words; those that are asked just now are not among them. */
export function unansweredRuns({ items, underWay, unanswered }: Findings, { t, timeZone, locale }: Words) {
  const isAsked = (algorithm: Findable) => underWay.some((run) => run.algorithm === algorithm);
  return USUAL_ALGORITHMS.flatMap((algorithm) => {
    const run = unanswered.find((one) => one.algorithm === algorithm);
    if (!run || isAsked(algorithm)) return [];
    const instant = ({ timing }: MlRun) => formatInstant(timing.finishedAt ?? timing.createdAt, timeZone, locale);
    const answer = items.find((one) => one.algorithm === algorithm);
    const what = t(run.status === 'cancelled' ? 'unanswered.cancelled' : 'unanswered.failed', { when: instant(run) });
    const still = answer ? t('unanswered.earlier', { when: instant(answer) }) : t('unanswered.never');
    return [{ algorithm, name: t(`progress.${algorithm}`), text: `${what} ${still}` }];
  });
}
