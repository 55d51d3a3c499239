import type { DayWindow, WindowTotals } from './day-window.js';

interface Kept {
  readonly window: DayWindow;
  /** `null` where the window has no days. */
  readonly totals: WindowTotals | null;
  readonly at: number;
}

/** Bounds memory, some 300 bytes each: past this the oldest are forgotten. */
const KEPT_AT_MOST = 20_000;

/** Whatever changes days gives the patient a new version, unless somebody changes them by hand, past every lock. */
const LIFETIME_MS = 10 * 60_000;

/**
 * What windows added up to, as long as nothing was written for their patients: between two looks at a panel most patients
 * have nothing new. A version is read before the days it speaks of, so what is kept is never older than its version, and
 * with the next version it is read anew.
 */
export class KeptTotals {
  private readonly kept = new Map<string, Kept>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** `undefined` where it is not known. */
  of(window: DayWindow): WindowTotals | null | undefined {
    const kept = this.kept.get(window.patientId);
    if (!kept || this.now() - kept.at > LIFETIME_MS) return undefined;
    return isSame(kept.window, window) ? kept.totals : undefined;
  }

  keep(window: DayWindow, totals: WindowTotals | null): void {
    if (window.version === null) return;
    this.kept.delete(window.patientId);
    this.kept.set(window.patientId, { window, totals, at: this.now() });
    if (this.kept.size <= KEPT_AT_MOST) return;
    for (const oldest of this.kept.keys()) {
      this.kept.delete(oldest);
      return;
    }
  }
}

const isSame = (a: DayWindow, b: DayWindow): boolean =>
  a.version !== null && a.version === b.version && a.firstDay === b.firstDay && a.lastDay === b.lastDay;
