import type { getTranslations } from 'next-intl/server';
import type { Link } from '@/charts/links/layout';
import { fixedDecimals } from '@/format/number-format';
import { formatProbability } from '@/format/probability';

type Translate = Awaited<ReturnType<typeof getTranslations<'links'>>>;
type Message = Parameters<Translate>[0];

/** Links in words. A variable that has none yet goes by its own name. */
export function linkWords(t: Translate, locale: string, grid: 'daily' | 'hourly') {
  const known = (key: string, name: string, values?: Record<string, string>): string =>
    t.has(key as Message) ? t(key as Message, values as never) : name;
  const name = (variable: string) => known(`names.${variable}`, variable);
  const lag = ({ lag: steps }: Link) => t(`lag.${grid}`, { lag: steps });
  const strength = ({ partialCorrelation }: Link) =>
    fixedDecimals(locale, 2).format(partialCorrelation).replace('-', '−');
  const p = ({ adjustedP }: Link) => formatProbability(adjustedP, locale);
  const numbers = (link: Link) => ({ lag: lag(link), strength: strength(link), p: p(link) });
  const way = ({ partialCorrelation }: Link) => (partialCorrelation > 0 ? 'up' : 'down');
  return {
    name,
    shortLag: ({ lag: steps }: Link) => t(`shortLag.${grid}`, { lag: steps }),
    sentence: (link: Link) =>
      t('sentence', {
        before: known(`before.${link.source}`, link.source),
        after: known(`after.${link.target}`, link.target, { way: way(link) }),
        ...numbers(link),
      }),
    memory: (link: Link) =>
      t(way(link) === 'up' ? 'memoryUp' : 'memoryDown', { name: name(link.source), ...numbers(link) }),
    row: (link: Link) => [
      name(link.source),
      name(link.target),
      lag(link),
      t(`kinds.${link.kind}`),
      strength(link),
      p(link),
    ],
    leftOut: (variable: string, reason: string) =>
      known(`reasons.${reason}`, `${name(variable)} (${reason})`, { name: name(variable) }),
  };
}
