/** An ISO instant as a `datetime-local` input writes it, on the clock of this device. */
export function localOf(instant: string): string {
  const at = new Date(instant);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** What such an input holds as an ISO instant; empty where it holds no time. */
export function instantOf(local: string): string {
  const at = new Date(local);
  return Number.isNaN(at.getTime()) ? '' : at.toISOString();
}

const WEEK_MS = 7 * 86_400_000;

/** The Monday of a week, 00:00 UTC, from an address; else of the week of now. */
export function weekOf(given: string | string[] | undefined, now: number): Date {
  const asked = typeof given === 'string' && /^\d{4}-\d\d-\d\d$/.test(given) ? Date.parse(`${given}T00:00:00Z`) : now;
  const day = new Date(Number.isNaN(asked) ? now : asked);
  day.setUTCHours(0, 0, 0, 0);
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return day;
}

export const weeksAfter = (week: Date, count: number): Date => new Date(week.getTime() + count * WEEK_MS);
export const hoursAfter = (instant: Date, count: number): Date => new Date(instant.getTime() + count * 3_600_000);
export const dayKey = (day: Date): string => day.toISOString().slice(0, 10);
