import { fixedDecimals } from './number-format';

/** Below this a p-value is told as a limit. */
const LEAST = 0.001;

export function formatProbability(p: number, locale: string): string {
  const number = fixedDecimals(locale, 3).format(Math.max(p, LEAST));
  return p < LEAST ? `<${number}` : number;
}
