import { getLocale, getTranslations } from 'next-intl/server';
import type { GlucoseStretch, GlucoseUnit, MlRun, ShapesResult } from '@/api/types';
import { formatGlucose } from '@/format/glucose';
import { fixedDecimals } from '@/format/number-format';
import { formatInstant } from '@/format/time';
import { Answer } from './answer';

interface StrangeDaysProps {
  run: MlRun;
  timeZone: string;
  unit: GlucoseUnit;
}

/** Stretches whose level, or whose course, is like no other. */
export async function StrangeDays({ run, timeZone, unit }: StrangeDaysProps) {
  const [t, locale] = await Promise.all([getTranslations('findings'), getLocale()]);
  const { strangeLevels = [], strangeShapes = [] } = run.result as Partial<ShapesResult>;
  const glucose = (mgdl: number) => formatGlucose(mgdl, unit, locale);
  const likeness = (value: number | null) => (value === null ? '–' : fixedDecimals(locale, 2).format(value));
  const facts = ({ from, until, levelMgdl, lowestMgdl, highestMgdl }: GlucoseStretch) => ({
    from: formatInstant(from, timeZone, locale),
    until: formatInstant(until, timeZone, locale),
    mean: glucose(levelMgdl),
    lowest: glucose(lowestMgdl),
    highest: glucose(highestMgdl),
    unit,
  });
  const found = [
    ...strangeLevels.map((one) => ({
      ...one,
      text: t('level', { ...facts(one), difference: glucose(one.differenceMgdl) }),
    })),
    ...strangeShapes.map((one) => ({
      ...one,
      text: t('shape', { ...facts(one), likeness: likeness(one.likeness) }),
    })),
  ];
  return (
    <Answer title={t('shapes')} run={run} timeZone={timeZone}>
      {found.length === 0 ? <p>{t('shapesNone')}</p> : null}
      {found.length > 0 ? (
        <ul className="grid gap-3">
          {found.map(({ text, isCensored }) => (
            <li key={text} className="max-w-prose">
              {text} {isCensored ? <span className="text-muted">{t('censored')}</span> : null}
            </li>
          ))}
        </ul>
      ) : null}
    </Answer>
  );
}
