import { STEPS } from '../horizons.js';
import { HISTORY_STEPS } from '../inputs.js';

/** What is learned from: at each origin what was known, and what came of it. mg/dL; NaN where nothing is known. */
export interface WindowSet {
  readonly count: number;
  /** `HISTORY_STEPS` values a window, the newest last and known. */
  readonly histories: Float32Array;
  /** `STEPS` values a window, the first five minutes after the newest. */
  readonly targets: Float32Array;
  /** Minutes after local midnight at the newest value; NaN where the clock is not known. */
  readonly minutesOfDay: Float32Array;
}

/** Collects windows without knowing how many there will be. */
export class WindowCollector {
  private histories = new Float32Array(1024 * HISTORY_STEPS);
  private targets = new Float32Array(1024 * STEPS);
  private minutesOfDay = new Float32Array(1024);
  private count = 0;

  /** @param write puts a window's history and targets in place; those are NaN before. */
  add(minuteOfDay: number | null, write: (history: Float32Array, targets: Float32Array) => void): void {
    if (this.count === this.minutesOfDay.length) this.grow();
    const history = this.histories.subarray(this.count * HISTORY_STEPS, (this.count + 1) * HISTORY_STEPS);
    const targets = this.targets.subarray(this.count * STEPS, (this.count + 1) * STEPS);
    write(history.fill(Number.NaN), targets.fill(Number.NaN));
    this.minutesOfDay[this.count++] = minuteOfDay ?? Number.NaN;
  }

  windows(): WindowSet {
    const { count } = this;
    return {
      count,
      histories: this.histories.slice(0, count * HISTORY_STEPS),
      targets: this.targets.slice(0, count * STEPS),
      minutesOfDay: this.minutesOfDay.slice(0, count),
    };
  }

  private grow(): void {
    const larger = (array: Float32Array<ArrayBuffer>) => {
      const next = new Float32Array(array.length * 2);
      next.set(array);
      return next;
    };
    this.histories = larger(this.histories);
    this.targets = larger(this.targets);
    this.minutesOfDay = larger(this.minutesOfDay);
  }
}
