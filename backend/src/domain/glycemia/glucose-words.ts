/**
 * Amounts of glucose in texts that are kept. A text is read by people with either unit, so it names the amount in mg/dL and
 * leaves unit and rounding to whoever shows it: `{level:70}`, `{difference:8.25}`, and `{change:-4.1}` for a difference that
 * is shown with its sign and without its unit.
 */
const amount =
  (what: 'level' | 'difference' | 'change') =>
  (mgdl: number): string =>
    `{${what}:${Number(mgdl.toFixed(4))}}`;

export const level = amount('level');
const sizeOf = amount('difference');
const change = amount('change');

/** By how much, whichever way. */
export const difference = (mgdl: number): string => sizeOf(Math.abs(mgdl));

export const glucoseInterval = ({ low, high }: { readonly low: number; readonly high: number }): string =>
  `95 % interval ${change(low)} to ${change(high)}`;
