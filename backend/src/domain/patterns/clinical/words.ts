/** Said once with every answer. */
export const CAUTION =
  'These are associations in what was recorded, to be looked into with the care team: no proof of cause, and no advice on any dose.';

export const rounded = (value: number): string => (Math.abs(value) >= 10 ? value.toFixed(0) : value.toFixed(1));

/** A difference with its sign, as text. */
export const signed = (value: number): string => `${value > 0 ? '+' : ''}${rounded(value)}`.replace('-', '−');

/** `95 % interval +4 to +12`. */
export const interval = ({ low, high }: { readonly low: number; readonly high: number }): string =>
  `95 % interval ${signed(low)} to ${signed(high)}`;

export const countOf = (count: number, of: number, one: string, many: string): string =>
  `${count} of ${of} ${of === 1 ? one : many}`;

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
