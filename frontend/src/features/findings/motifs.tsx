import { getLocale, getTranslations } from 'next-intl/server';
import type { GlucoseUnit, MlRun, MlTrace, Profile, ShapesResult } from '@/api/types';
import { formatGlucose } from '@/format/glucose';
import { hoursAndMinutes } from '@/format/percent';
import { Answer } from './answer';
import { OverlayFigure } from './overlay-figure';
import { likenessInWords, stretchFacts } from './stretch-facts';

interface MotifsProps {
  run: MlRun;
  /** By the instant at which they begin. */
  traces: ReadonlyMap<string, MlTrace>;
  profile: Profile;
  timeZone: string;
  unit: GlucoseUnit;
}

/** Shapes that recur, their places laid over each other. */
export async function Motifs({ run, traces, profile, timeZone, unit }: MotifsProps) {
  const [t, locale] = await Promise.all([getTranslations('motifs'), getLocale()]);
  const { motifs = [] } = run.result as Partial<ShapesResult>;
  return (
    <Answer id="motifs" title={t('title')} run={run} timeZone={timeZone}>
      {motifs.length === 0 ? <p>{t('none')}</p> : null}
      {motifs.map(({ places, levelSpreadMgdl }, index) => {
        const drawn = places.flatMap((place, at) => {
          const trace = traces.get(place.from);
          return trace ? [{ name: String(at + 1), trace }] : [];
        });
        const facts = places.map((place) => stretchFacts(place, timeZone, unit, locale));
        const length = drawn[0] ? drawn[0].trace.mgdl.length * drawn[0].trace.stepMinutes : 0;
        return (
          <div key={places[0]?.from} className="grid gap-2">
            <OverlayFigure
              id={`motif-${index + 1}`}
              title={t('one', { number: index + 1 })}
              summary={t('summary', {
                count: places.length,
                length: t('length', hoursAndMinutes(length)),
                spread: formatGlucose(levelSpreadMgdl, unit, locale),
                unit,
              })}
              label={t('label', { count: places.length, ...facts[0]! })}
              traces={drawn}
              unit={unit}
              profile={profile}
              showsUsual={false}
            />
            <ol className="grid list-decimal gap-1 pl-6 text-sm">
              {places.map(({ from, likeness, isCensored }, at) => (
                <li key={from}>
                  {at === 0
                    ? t('first', facts[at]!)
                    : t('place', { ...facts[at]!, likeness: likenessInWords(likeness, locale) })}
                  {isCensored ? <span className="text-muted"> {t('censored')}</span> : null}
                </li>
              ))}
            </ol>
          </div>
        );
      })}
    </Answer>
  );
}
