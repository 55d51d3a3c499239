export const rounded = (value: number): string => (Math.abs(value) >= 10 ? value.toFixed(0) : value.toFixed(1));

/** A difference with its sign, as text. */
const signed = (value: number): string => `${value > 0 ? '+' : ''}${rounded(value)}`.replace('-', '−');

/** `95 % interval +4 to +12`. */
export const interval = ({ low, high }: { readonly low: number; readonly high: number }): string =>
  `95 % interval ${signed(low)} to ${signed(high)}`;
