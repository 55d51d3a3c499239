/** Which of day and month a device writes first. */
export type DateOrder = 'DMY' | 'MDY';

/** A device's date and time before it is known which number is the day. */
export interface DeviceTime {
  /** `2024-03-31`: no question arises, `first` is the month. */
  readonly yearFirst: boolean;
  readonly first: number;
  readonly second: number;
  readonly year: number;
  /** Since midnight; null where the text is a date alone. */
  readonly seconds: number | null;
}

const CLOCK = String.raw`(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?: ?([ap])\.? ?m\.?)?)?`;
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})${CLOCK}$`, 'i');
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})${CLOCK}$`, 'i');

/** A spreadsheet's window for years it wrote with two digits: 50 to 99 belong to the last century. */
const FIRST_TWO_DIGIT_YEAR = 1950;

function fullYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year + (year >= FIRST_TWO_DIGIT_YEAR % 100 ? 1900 : 2000);
}

function secondsOf(hour: string | undefined, minute: string, second: string, half: string | undefined): number | null {
  if (hour === undefined) return null;
  let hours = Number(hour);
  if (half !== undefined) {
    if (hours < 1 || hours > 12) return Number.NaN;
    hours = (hours % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  }
  const minutes = Number(minute);
  const seconds = Number(second);
  return hours > 23 || minutes > 59 || seconds > 59 ? Number.NaN : hours * 3600 + minutes * 60 + seconds;
}

/** A device's timestamp, e.g. `2018-11-01T00:02:05`, `31-12-2020 16:25`, `8/1/18 1:05 PM`; null where it is none. */
export function parseDeviceTime(text: string): DeviceTime | null {
  const yearFirst = YEAR_FIRST.exec(text);
  const match = yearFirst ?? YEAR_LAST.exec(text);
  if (!match) return null;
  const [, one = '', two = '', three = '', hour, minute = '0', second = '0', half] = match;
  const seconds = secondsOf(hour, minute, second, half);
  if (Number.isNaN(seconds)) return null;
  return yearFirst
    ? { yearFirst: true, first: Number(two), second: Number(three), year: Number(one), seconds }
    : { yearFirst: false, first: Number(one), second: Number(two), year: fullYear(three), seconds };
}

/**
 * The wall clock of a device's timestamp in seconds (read as if its zone were UTC), a date alone being its midnight.
 * NaN where the order makes it no calendar date.
 */
export function wallOf(time: DeviceTime, order: DateOrder): number {
  const dayFirst = !time.yearFirst && order === 'DMY';
  const month = dayFirst ? time.second : time.first;
  const day = dayFirst ? time.first : time.second;
  if (time.year < 1900 || month < 1 || month > 12 || day < 1 || day > 31) return Number.NaN;
  const midnight = Date.UTC(time.year, month - 1, day) / 1000;
  if (day > 28 && new Date(midnight * 1000).getUTCDate() !== day) return Number.NaN;
  return midnight + (time.seconds ?? 0);
}
