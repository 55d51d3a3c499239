import { fixedDecimals } from './number-format';

/** One fixed decimal, with the space the SI asks for: "69.6 %". */
export function formatPercent(value: number, locale: string, digits = 1): string {
  return `${fixedDecimals(locale, digits).format(value)} %`;
}

export type HoursAndMinutes = { hours: number; minutes: number };

export function hoursAndMinutes(minutes: number): HoursAndMinutes {
  const whole = Math.round(minutes);
  return { hours: Math.floor(whole / 60), minutes: whole % 60 };
}
