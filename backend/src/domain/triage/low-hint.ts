import type { TargetPreset } from '../glycemia/targets.js';
import { LOW_RISK_VERSION } from '../patterns/risk/low-risk.js';
import { SILENT_SECONDS } from './flags.js';

/** What a night told of lows to come. Instants are seconds since the epoch. */
export interface KeptLowRisk {
  /** The end of the days that it rests on: the 14 days that it speaks of begin here. */
  readonly from: number;
  readonly computedAt: number;
  /** Of the model. */
  readonly version: string;
  /** Of 4 % or more of readings below 70 mg/dL, 0..1; `null`: too little data. */
  readonly chance: number | null;
}

export const NO_HINT_REASONS = ['not-asked', 'too-little-data', 'stale', 'other-goals'] as const;

export type LowHint =
  | { readonly chance: number; readonly from: number; readonly computedAt: number }
  | { readonly unavailable: (typeof NO_HINT_REASONS)[number] };

/** A night and a day more: what is asked each night and was not answered for two is of the past. */
const STALE_SECONDS = 48 * 3600;
/** From here on lows are called likely. */
const LIKELY = 0.5;

/**
 * The chance of lows as a panel may show it. A chance is silent where it is older than two nights or of another model, where
 * readings have stopped, so that it speaks of days long before now, and for people whose goals for lows are others
 * than those 4 % below 70 mg/dL.
 */
export function lowHint(
  kept: KeptLowRisk | null,
  person: { readonly preset: TargetPreset; readonly lastReadingAt: number | null },
  now: number,
): LowHint {
  if (person.preset !== 'adult') return { unavailable: 'other-goals' };
  if (kept === null) return { unavailable: 'not-asked' };
  const { from, computedAt, version, chance } = kept;
  const isSilent = person.lastReadingAt === null || now - person.lastReadingAt > SILENT_SECONDS;
  if (now - from > STALE_SECONDS || version !== LOW_RISK_VERSION || isSilent) return { unavailable: 'stale' };
  return chance === null ? { unavailable: 'too-little-data' } : { chance, from, computedAt };
}

/** Below any chance where there is none, so that those people stand last. */
export const hintedChance = (hint: LowHint): number => ('chance' in hint ? hint.chance : -1);

export const isLowLikely = (hint: LowHint): boolean => hintedChance(hint) >= LIKELY;
