import { dateFormat } from './date-format';

/** "04:30" for 270; 1440 is the end of the day, "24:00". */
export function clockOf(minuteOfDay: number): string {
  const whole = Math.round(minuteOfDay);
  return `${String(Math.floor(whole / 60)).padStart(2, '0')}:${String(whole % 60).padStart(2, '0')}`;
}

/** A local date ("1961-04-12") is no instant, so it is formatted in UTC and never shifts. */
export function formatDay(day: string, locale: string, style: 'long' | 'medium' | 'short' = 'medium'): string {
  const options: Intl.DateTimeFormatOptions =
    style === 'short'
      ? { day: 'numeric', month: 'short' }
      : { day: 'numeric', month: style === 'long' ? 'long' : 'short', year: 'numeric' };
  return dateFormat(locale, { ...options, timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

export function formatWeekday(day: string, locale: string, style: 'long' | 'short' = 'short'): string {
  return dateFormat(locale, { weekday: style, timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

export function formatInstant(instant: string, timeZone: string, locale: string, withDate = true): string {
  return dateFormat(locale, {
    ...(withDate ? { day: 'numeric', month: 'short', year: 'numeric' } : {}),
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(new Date(instant));
}
