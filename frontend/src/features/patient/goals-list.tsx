import { getLocale, getTranslations } from 'next-intl/server';
import type { Goal, GoalCode } from '@/api/types';
import { formatPercent } from '@/format/percent';
import { GoalMark } from './goal-mark';

const TIME_GOALS: readonly GoalCode[] = [
  'timeVeryLow',
  'timeBelowRange',
  'timeInRange',
  'timeAboveRange',
  'timeVeryHigh',
];

/** Lows first. Judged by the API on unrounded values, so that 69.6 % prints as such and misses "above 70 %". */
export async function GoalsList({ goals }: { goals: readonly Goal[] }) {
  const [t, m, locale] = await Promise.all([getTranslations('ranges'), getTranslations('metrics'), getLocale()]);
  const shown = TIME_GOALS.flatMap((code) => goals.filter((goal) => goal.code === code));
  if (shown.length === 0) return <p className="mt-3 text-sm text-muted">{t('noGoals')}</p>;
  return (
    <section className="mt-2 border-t border-border pt-2">
      <h3 className="sr-only">{t('goals')}</h3>
      <ul className="grid gap-0.5 text-sm tabular-nums">
        {shown.map(({ code, comparator, goal, value, met }) => (
          <li key={code} className="flex items-center gap-2">
            <GoalMark met={met} labels={{ met: m('met'), missed: m('missed'), none: m('notJudged') }} />
            <span className="grow">{t(`goalNames.${code}`)}</span>
            <span className="font-medium">{value === null ? '–' : formatPercent(value, locale)}</span>
            <span className="w-24 text-right text-muted">
              {m('goal', { goal: `${comparator} ${formatPercent(goal, locale, 0)}` })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
