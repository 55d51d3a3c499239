import { fixedDecimals } from './number-format';

/** One fixed decimal, with the space the SI asks for: "69.6 %". */
export function formatPercent(value: number, locale: string, digits = 1): string {
  return `${fixedDecimals(locale, digits).format(value)} %`;
}

/** A whole percentage; what is not nothing never prints 0. */
export function formatShare(value: number, locale: string): string {
  return value > 0 && value < 0.5 ? `<${formatPercent(1, locale, 0)}` : formatPercent(value, locale, 0);
}

/** A chance of 0 to 1 by fives: more is not known. */
export function formatChance(chance: number, locale: string): string {
  if (chance < 0.05) return `<${formatPercent(5, locale, 0)}`;
  if (chance > 0.95) return `>${formatPercent(95, locale, 0)}`;
  return formatPercent(5 * Math.round(20 * chance), locale, 0);
}

export type HoursAndMinutes = { hours: number; minutes: number };

export function hoursAndMinutes(minutes: number): HoursAndMinutes {
  const whole = Math.round(minutes);
  return { hours: Math.floor(whole / 60), minutes: whole % 60 };
}
