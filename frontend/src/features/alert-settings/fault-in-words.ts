import type { useTranslations } from 'next-intl';
import type { AlertRule, GlucoseUnit } from '@/api/types';
import { convertGlucose, formatReading } from '@/format/glucose';
import { type Fault, NO_NAME, NO_NUMBER, NO_TIME, NOT_OWN } from './read-form';

export type SettingsTexts = ReturnType<typeof useTranslations<'alertSettings'>>;
type RuleTexts = ReturnType<typeof useTranslations<'alerts'>>;

/** What the server holds against a value, with its limits in the unit of the page; else in the server's own words. */
export function faultInWords(
  { message }: Fault,
  { t, rules, unit, locale }: { t: SettingsTexts; rules: RuleTexts; unit: GlucoseUnit; locale: string },
): string {
  if (message === NO_NUMBER) return t('faults.number');
  if (message === NO_TIME) return t('faults.time');
  if (message === NO_NAME) return t('faults.name');
  if (message === NOT_OWN) return t('faults.notOwn');
  const [, least, most, of] = /^must be ([\d.]+) to ([\d.]+)(.*)$/.exec(message) ?? [];
  if (least !== undefined && most !== undefined) {
    if (of === ' mg/dL') {
      const shown = (mgdl: string) => formatReading(Number(mgdl), 'mg/dL', unit, locale);
      return t('faults.glucose', { least: shown(least), most: shown(most), unit });
    }
    if (of?.includes('per minute')) {
      const digits = unit === 'mmol/L' ? 2 : 0;
      const shown = (mgdl: string) => convertGlucose(Number(mgdl), 'mg/dL', unit).toFixed(digits);
      return t('faults.rate', { least: shown(least), most: shown(most), unit });
    }
    if (of === '') return t('faults.percent', { least: Number(least) * 100, most: Number(most) * 100 });
    return t('faults.minutes', { least, most });
  }
  const [, order, rule] = /^must lie (below|at or below) the threshold of ([a-z-]+)$/.exec(message) ?? [];
  if (!rule) return message;
  return t(order === 'below' ? 'faults.below' : 'faults.atOrBelow', { rule: rules(`rules.${rule as AlertRule}`) });
}

/** What an input is called, by its name. */
export function inputInWords(
  path: string,
  { t, rules, nameOf }: { t: SettingsTexts; rules: RuleTexts; nameOf: (schedule: number) => string },
): string {
  if (path === 'scheduleMode') return t('schedules.title');
  const [, place, rule, field] = /^(?:schedules\.(\d+)\.)?override\.([a-z-]+)\.(\w+)$/.exec(path) ?? [];
  if (rule && field) {
    const name = `${rules(`rules.${rule as AlertRule}`)}, ${t(`fields.${field as 'threshold'}`)}`;
    return place === undefined ? name : `${nameOf(Number(place))}: ${name}`;
  }
  const [, schedule, part] = /^schedules\.(\d+)\.(name|fromMinute|toMinute|weekdays)$/.exec(path) ?? [];
  return schedule && part ? `${nameOf(Number(schedule))}: ${t(`schedule.${part as 'name'}`)}` : path;
}
