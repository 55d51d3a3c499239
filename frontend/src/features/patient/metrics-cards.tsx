import { getLocale, getTranslations } from 'next-intl/server';
import type { GlucoseUnit, GoalCode, Overview } from '@/api/types';
import { formatGlucose, formatUpperLimit } from '@/format/glucose';
import { formatPercent } from '@/format/percent';
import { GoalMark } from './goal-mark';

interface Card {
  name: string;
  value: string | null;
  unit?: string;
  extra?: string | null;
  goal?: GoalCode;
  reason?: string | undefined;
}

export async function MetricsCards({ overview, unit, className = '' }: MetricsCardsProps) {
  const [t, locale] = await Promise.all([getTranslations('metrics'), getLocale()]);
  const { metrics, reasons, coverage } = overview.report;
  const number = (name: string) => (typeof metrics[name] === 'number' ? metrics[name] : null);
  const mean = number('mean');
  const gmi = number('gmi');
  const cv = number('cv');
  const gri = number('gri');
  const zone = metrics['griZone'];
  const cards: Card[] = [
    {
      name: t('mean'),
      value: mean === null ? null : formatGlucose(mean, unit, locale),
      unit,
      goal: 'mean',
      reason: reasons['mean'],
    },
    { name: t('gmi'), value: gmi === null ? null : formatPercent(gmi, locale), goal: 'gmi', reason: reasons['gmi'] },
    { name: t('cv'), value: cv === null ? null : formatPercent(cv, locale), goal: 'cv', reason: reasons['cv'] },
    {
      name: t('gri'),
      value: gri === null ? null : gri.toLocaleString(locale, { maximumFractionDigits: 0 }),
      extra: typeof zone === 'string' ? t('griZone', { zone }) : null,
      reason: reasons['gri'],
    },
    {
      name: t('active'),
      value: formatPercent(coverage.activePercent, locale),
      extra: t('readings', { count: coverage.readings }),
    },
  ];

  const goalText = (code: GoalCode | undefined) => {
    const goal = overview.ranges.goals.find((candidate) => candidate.code === code);
    if (!goal) return null;
    const sign = goal.comparator === '<=' ? '≤' : goal.comparator;
    const limit = code === 'mean' ? `${formatUpperLimit(goal.goal, unit, locale)} ${unit}` : `${goal.goal} %`;
    return { text: t('goal', { goal: `${sign} ${limit}` }), met: goal.met };
  };

  return (
    <section aria-labelledby="metrics-title" className={`card print:border-0 print:p-0 ${className}`}>
      <h2 id="metrics-title" className="mb-1 text-base font-semibold">
        {t('title')}
      </h2>
      <dl className="divide-y divide-border">
        {cards.map(({ name, value, unit: suffix, extra, goal, reason }) => {
          const judged = goalText(goal);
          return (
            <div key={name} className="flex min-h-8 flex-wrap items-center gap-x-2 py-0.5">
              <dt className="mr-auto text-sm">{name}</dt>
              {judged ? (
                <dd className="flex items-center gap-1 text-xs text-muted">
                  <GoalMark met={judged.met} labels={{ met: t('met'), missed: t('missed'), none: t('notJudged') }} />
                  {judged.text}
                </dd>
              ) : null}
              {value === null ? (
                <dd className="basis-full text-sm text-muted">
                  {t('noValue')}: {reason ?? t('unknownReason')}
                </dd>
              ) : (
                <dd className="flex items-baseline justify-end gap-1 tabular-nums sm:min-w-28">
                  <span className="text-lg leading-tight font-semibold">{value}</span>
                  {suffix ? <span className="text-sm text-muted">{suffix}</span> : null}
                  {extra ? <span className="text-sm text-muted">{extra}</span> : null}
                </dd>
              )}
            </div>
          );
        })}
      </dl>
    </section>
  );
}

interface MetricsCardsProps {
  overview: Overview;
  unit: GlucoseUnit;
  className?: string;
}
