import { isGraver, type Severity } from './severity.js';

/** Who is told: the person, those the person lets follow, or whoever is on call at the clinic. */
export const RECIPIENTS = ['patient', 'followers', 'on-call'] as const;
export type Recipients = (typeof RECIPIENTS)[number];

export interface EscalationStep {
  /** Minutes after the sound; ascending over the steps. */
  readonly afterMinutes: number;
  readonly to: Recipients;
  /** Alerts that are less grave do not take this step. */
  readonly least: Severity;
}

/** Who is told next when nobody answers. It ends with its last step. */
export type EscalationChain = readonly EscalationStep[];

export const DEFAULT_ESCALATION: EscalationChain = [
  { afterMinutes: 0, to: 'patient', least: 'info' },
  { afterMinutes: 5, to: 'followers', least: 'warning' },
  { afterMinutes: 15, to: 'on-call', least: 'urgent' },
];

/** What became of an alert since it sounded. Seconds since the epoch. */
export interface SoundedAlert {
  readonly soundedAt: number;
  readonly severity: Severity;
  /** When somebody acknowledged it or it closed, whichever came first. */
  readonly endedAt: number | null;
}

export interface DueSteps {
  /** Indices of the steps whose time has come, ascending. */
  readonly due: readonly number[];
  /** When the next step comes; `null` where none does. */
  readonly nextAt: number | null;
}

/** The steps to take by now. An alert that ended takes the steps that came before its end and no more. */
export function stepsOf(chain: EscalationChain, { soundedAt, severity, endedAt }: SoundedAlert, now: number): DueSteps {
  const until = Math.min(now, endedAt ?? now);
  const applies = chain.flatMap(({ afterMinutes, least }, index) =>
    isGraver(least, severity) ? [] : [{ index, at: soundedAt + afterMinutes * 60 }],
  );
  return {
    due: applies.filter(({ at }) => at <= until).map(({ index }) => index),
    nextAt: endedAt === null ? (applies.find(({ at }) => at > now)?.at ?? null) : null,
  };
}

/** The first step that an alert as grave as this takes and has not taken; `null` where there is none. */
export function nextStepOf(chain: EscalationChain, severity: Severity, taken: readonly number[]): number | null {
  const next = chain.findIndex(({ least }, index) => !isGraver(least, severity) && !taken.includes(index));
  return next < 0 ? null : next;
}

/** Hours of a recipient's own clock in which only grave alerts may sound. `to` before `from` runs over midnight. */
export interface QuietHours {
  /** Minutes of the day, 0 to 1439. */
  readonly fromMinute: number;
  readonly toMinute: number;
  /** What still sounds. */
  readonly least: Severity;
}

export function isQuiet(hours: readonly QuietHours[], minuteOfDay: number, severity: Severity): boolean {
  return hours.some(({ fromMinute, toMinute, least }) => {
    const isWithin =
      fromMinute <= toMinute
        ? minuteOfDay >= fromMinute && minuteOfDay < toMinute
        : minuteOfDay >= fromMinute || minuteOfDay < toMinute;
    return isWithin && isGraver(least, severity);
  });
}

/** One person's wish to hear no more of some alerts for a while. Seconds since the epoch. */
export interface Snooze {
  readonly from: number;
  readonly until: number;
  /** How grave the alert was when it was snoozed: anything graver breaks the snooze. */
  readonly severity: Severity;
}

/** A snooze outlasts new readings and ends by its time or by a graver alert; it concerns the person who set it alone. */
export const isSnoozed = (snoozes: readonly Snooze[], severity: Severity, now: number): boolean =>
  snoozes.some((snooze) => now >= snooze.from && now < snooze.until && !isGraver(severity, snooze.severity));
