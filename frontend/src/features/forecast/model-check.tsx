import { getLocale, getTranslations } from 'next-intl/server';
import type { ForecastCheck, ForecastModel, GlucoseUnit, IssuedForecast } from '@/api/types';
import { CalibrationChart } from '@/charts/forecast/calibration-chart';
import { formatGlucose } from '@/format/glucose';
import { formatInstant } from '@/format/time';
import { checkFormat } from './check-format';
import { CheckSection } from './check-section';
import { LOW_MGDL } from './values';

interface ModelCheckProps {
  serving: ForecastModel;
  /** What intervals are built for now; empty where there is no forecast. */
  intervals: IssuedForecast['intervals'];
  unit: GlucoseUnit;
  timeZone: string;
}

/** Which model serves a person and why, and how forecasts did: as they were issued, and replayed. */
export async function ModelCheck({ serving, intervals, unit, timeZone }: ModelCheckProps) {
  const t = await getTranslations('forecast');
  const { check } = serving;
  if (!check) {
    const words = t('model.unchecked', { model: t(`models.${serving.model}`), version: serving.version });
    return <CheckSection id="forecast-model" title={t('model.title')} columns={[]} rows={[]} note={words} />;
  }
  return (
    <>
      <Choice serving={serving} check={check} unit={unit} timeZone={timeZone} />
      <Errors check={check} unit={unit} />
      <Calibration check={check} intervals={intervals} unit={unit} />
      {check.issued && isIssuedJudged(check) ? <LowAlarms alarms={check.issued.lowAlarms} unit={unit} /> : null}
    </>
  );
}

type Part<P = object> = P & { check: ForecastCheck; unit: GlucoseUnit };

async function Choice({ serving, check, unit, timeZone }: Part<{ serving: ForecastModel; timeZone: string }>) {
  const [t, locale] = await Promise.all([getTranslations('forecast'), getLocale()]);
  const { choice } = check;
  const { lastSwitch } = choice;
  const { error } = checkFormat(unit, locale);
  const errors = Object.entries(choice.maeMgdl) as [ForecastModel['model'], number][];
  return (
    <CheckSection
      id="forecast-model"
      title={t('model.title')}
      columns={[t('model.name'), t('mae', { unit })]}
      rows={errors.map(([name, mgdl]) => [t(`models.${name}`), error(mgdl)])}
      note={t('model.note', { basis: choice.basis === 'as-issued' ? 'issued' : 'replayed', scored: choice.scored })}
    >
      <p>
        {t('model.serves', { model: t(`models.${serving.model}`), version: serving.version })}{' '}
        {t(`model.reasons.${choice.reason}`)}{' '}
        {lastSwitch
          ? t('model.switched', {
              from: t(`models.${lastSwitch.from}`),
              to: t(`models.${lastSwitch.to}`),
              at: formatInstant(new Date(lastSwitch.at * 1000).toISOString(), timeZone, locale),
            })
          : t('model.neverSwitched')}
      </p>
    </CheckSection>
  );
}

/** Whether what was issued has been followed by readings yet. */
const isIssuedJudged = ({ issued }: ForecastCheck): boolean =>
  issued?.horizons.some(({ forecasts }) => forecasts > 0) ?? false;

/** Each horizon as it was issued, where that can be judged, and replayed. */
function horizonsOf({ issued, horizons }: ForecastCheck) {
  return horizons.flatMap((replayed) => {
    const live = issued?.horizons.find(({ minutes }) => minutes === replayed.minutes);
    return [
      ...(live && live.forecasts > 0 ? [{ basis: 'issued' as const, ...live }] : []),
      { basis: 'replayed' as const, ...replayed },
    ];
  });
}

async function Errors({ check, unit }: Part) {
  const [t, locale] = await Promise.all([getTranslations('forecast'), getLocale()]);
  const { error, share } = checkFormat(unit, locale);
  const note = `${t('heldNote')} ${isIssuedJudged(check) ? '' : t('noneIssued')}`;
  return (
    <CheckSection
      id="forecast-held"
      title={t('held')}
      columns={[t('horizon'), t('count'), t('mae', { unit }), t('rmse', { unit }), t('parkes')]}
      rows={horizonsOf(check).map((one) => [
        t('row', { minutes: one.minutes, basis: one.basis }),
        String(one.forecasts),
        error(one.maeMgdl),
        error(one.rmseMgdl),
        share(one.parkesAB),
      ])}
      note={note}
    />
  );
}

const SHARES = [50, 80, 90, 95] as const;

async function Calibration({ check, intervals, unit }: Part<Pick<ModelCheckProps, 'intervals'>>) {
  const [t, locale] = await Promise.all([getTranslations('forecast'), getLocale()]);
  const { share } = checkFormat(unit, locale);
  const horizons = horizonsOf(check);
  const judged = horizons.filter(({ basis }) => basis === (isIssuedJudged(check) ? 'issued' : 'replayed'));
  return (
    <CheckSection
      id="forecast-calibration"
      title={t('calibration.title')}
      columns={[t('horizon'), ...SHARES.map((wanted) => t('calibration.within', { share: wanted }))]}
      rows={horizons.map((one) => [
        t('row', { minutes: one.minutes, basis: one.basis }),
        ...SHARES.map((wanted) => share(one[`within${wanted}`])),
      ])}
      note={t('calibration.note', { calibrated: check.calibrationMgdl ? 'yes' : 'no' })}
    >
      <CalibrationChart
        label={t('calibration.chart')}
        axes={{ wanted: t('calibration.wanted'), held: t('calibration.held') }}
        lines={judged.map((one) => ({
          name: t('row', { minutes: one.minutes, basis: one.basis }),
          points: SHARES.flatMap((wanted) => {
            const held = one[`within${wanted}`];
            return held === null || held === undefined ? [] : [{ wanted, held: 100 * held }];
          }),
        }))}
      />
      {intervals.length > 0 ? (
        <p>
          {t('calibration.followed', {
            built: new Intl.ListFormat(locale).format(
              intervals.map(({ minutes, builtFor80, builtFor95 }) =>
                t('calibration.builtFor', { minutes, at80: share(builtFor80), at95: share(builtFor95) }),
              ),
            ),
          })}
        </p>
      ) : null}
    </CheckSection>
  );
}

type Alarms = NonNullable<ForecastCheck['issued']>['lowAlarms'];

async function LowAlarms({ alarms, unit }: { alarms: Alarms; unit: GlucoseUnit }) {
  const [t, locale] = await Promise.all([getTranslations('forecast'), getLocale()]);
  const { share, number } = checkFormat(unit, locale);
  return (
    <CheckSection
      id="forecast-alarms"
      title={t('alarms.title')}
      columns={[t('alarms.from'), t('alarms.lows'), t('alarms.foreseen'), t('alarms.falseADay'), t('alarms.lead')]}
      rows={alarms.map((one) => [
        t('alarms.row', { minutes: one.withinMinutes, chance: share(one.chance) }),
        number(one.lows),
        share(one.sensitivity),
        number(one.falseADay, 1),
        number(one.medianLeadMinutes),
      ])}
      note={t('alarms.note', { limit: `${formatGlucose(LOW_MGDL, unit, locale)} ${unit}` })}
    />
  );
}
