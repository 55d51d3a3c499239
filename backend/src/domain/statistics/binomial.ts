import { incompleteBeta } from './incomplete-beta.js';

/** The chance of `count` or more of `of` events that happen with probability p each: I_p(k, n - k + 1) (DLMF 8.17.5). */
export function binomialUpperP(count: number, of: number, p: number): number {
  if (count <= 0) return 1;
  if (count > of) return 0;
  return incompleteBeta(count, of - count + 1, p, 1 - p);
}
