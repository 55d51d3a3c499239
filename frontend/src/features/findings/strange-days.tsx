import { getLocale, getTranslations } from 'next-intl/server';
import type { GlucoseStretch, GlucoseUnit, MlRun, MlTrace, Profile, ShapesResult } from '@/api/types';
import { formatGlucose } from '@/format/glucose';
import { Answer } from './answer';
import { OverlayFigure } from './overlay-figure';
import { likenessInWords, stretchFacts } from './stretch-facts';

interface StrangeDaysProps {
  run: MlRun;
  /** By the instant at which they begin. */
  traces: ReadonlyMap<string, MlTrace>;
  profile: Profile;
  timeZone: string;
  unit: GlucoseUnit;
}

interface Strange {
  readonly id: string;
  readonly stretch: GlucoseStretch;
  readonly nearest: GlucoseStretch;
  readonly text: string;
}

/** Stretches whose level, or whose course, is like no other, each over the one that is most like it. */
export async function StrangeDays({ run, traces, profile, timeZone, unit }: StrangeDaysProps) {
  const [t, words, locale] = await Promise.all([
    getTranslations('findings'),
    getTranslations('strangeDays'),
    getLocale(),
  ]);
  const { strangeLevels = [], strangeShapes = [] } = run.result as Partial<ShapesResult>;
  const facts = (stretch: GlucoseStretch) => stretchFacts(stretch, timeZone, unit, locale);
  const found: Strange[] = [
    ...strangeLevels.map((one, index) => ({
      id: `strange-level-${index + 1}`,
      stretch: one,
      nearest: one.nearest,
      text: t('level', { ...facts(one), difference: formatGlucose(one.differenceMgdl, unit, locale) }),
    })),
    ...strangeShapes.map((one, index) => ({
      id: `strange-shape-${index + 1}`,
      stretch: one,
      nearest: one.nearest,
      text: t('shape', { ...facts(one), likeness: likenessInWords(one.likeness, locale) }),
    })),
  ];
  return (
    <Answer title={t('shapes')} run={run} timeZone={timeZone}>
      {found.length === 0 ? <p>{t('shapesNone')}</p> : null}
      {found.length > 0 ? (
        <ul className="grid gap-6">
          {found.map(({ id, stretch, nearest, text }) => {
            const { from } = facts(stretch);
            const other = facts(nearest);
            const drawn = [
              { name: words('own'), trace: traces.get(stretch.from) },
              { name: words('nearest'), trace: traces.get(nearest.from) },
            ].flatMap(({ name, trace }) => (trace ? [{ name, trace }] : []));
            return (
              <li key={id}>
                <OverlayFigure
                  id={id}
                  title={words('title', { from })}
                  summary={stretch.isCensored ? `${text} ${t('censored')}` : text}
                  label={words('label', { from, nearestFrom: other.from })}
                  note={words('legend', { nearestFrom: other.from, nearestMean: other.mean, unit })}
                  traces={drawn}
                  unit={unit}
                  profile={profile}
                  showsUsual
                />
              </li>
            );
          })}
        </ul>
      ) : null}
    </Answer>
  );
}
