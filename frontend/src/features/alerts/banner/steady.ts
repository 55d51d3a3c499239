import type { Alert } from '@/api/types';

/** For so long after somebody last moved or pressed in the banner, its alert is not swapped for another. */
export const HAND_MS = 10_000;

/** The alert of the banner: the most pressing, but the one that stands there keeps its place under a hand. */
export const steadyAlert = (asking: readonly Alert[], kept: string | null, held: boolean): Alert | undefined =>
  (held ? asking.find(({ id }) => id === kept) : undefined) ?? asking[0];
