import { getLocale, getTranslations } from 'next-intl/server';
import type { GlucoseUnit, IssuedForecast } from '@/api/types';
import { DataTable } from '@/charts/data-table';
import { convertGlucose } from '@/format/glucose';
import { fixedDecimals } from '@/format/number-format';
import { formatShare } from '@/format/percent';

/** How forecasts did for this person. */
export async function Held({ forecast, unit }: { forecast: IssuedForecast; unit: GlucoseUnit }) {
  const [t, locale] = await Promise.all([getTranslations('forecast'), getLocale()]);
  const { coverage, calibratedToPerson, model, version } = forecast;
  const error = (mgdl: number | null) =>
    mgdl === null ? '–' : fixedDecimals(locale, 1).format(convertGlucose(mgdl, 'mg/dL', unit));
  const share = (part: number | null) => (part === null ? '–' : formatShare(100 * part, locale));
  return (
    <section className="card grid gap-2" aria-labelledby="forecast-held">
      <h2 id="forecast-held" className="text-base font-semibold">
        {t('held')}
      </h2>
      {coverage ? (
        <div className="overflow-x-auto" tabIndex={0} role="region" aria-labelledby="forecast-held">
          <DataTable
            caption={t('held')}
            columns={[
              t('horizon'),
              t('count'),
              t('mae', { unit }),
              t('rmse', { unit }),
              t('within80'),
              t('within95'),
              t('parkes'),
            ]}
            rows={coverage.map((one) => [
              String(one.minutes),
              String(one.forecasts),
              error(one.maeMgdl),
              error(one.rmseMgdl),
              share(one.within80),
              share(one.within95),
              share(one.parkesAB),
            ])}
          />
        </div>
      ) : (
        <p>{t('heldNone')}</p>
      )}
      <p className="text-sm text-muted">
        {t('heldNote', { calibrated: calibratedToPerson ? 'yes' : 'no', model: t(`models.${model}`), version })}
      </p>
    </section>
  );
}
