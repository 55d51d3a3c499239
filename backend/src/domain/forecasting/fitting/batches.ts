import { Random } from '../../simulator/random.js';
import { STEPS } from '../horizons.js';
import { HISTORY_STEPS, INPUTS, isClockInput, writeInputs } from '../inputs.js';
import type { WindowSet } from './window-set.js';

/** Windows of one origin, and which share of every batch they are to be. */
export interface TrainingSource {
  readonly windows: WindowSet;
  readonly share: number;
}

/** What is taken away from some windows of each batch, so that the network learns to do without. Shares, 0 to 1. */
export interface Hardships {
  /** Only the last 2 to 12 hours are known. */
  readonly shortHistory: number;
  /** Half an hour to two hours within are not known. */
  readonly gap: number;
  readonly noClock: number;
}

export interface Scales {
  /** By input: the root mean square, and one for the clock. */
  readonly inputs: Float64Array;
  /** By step: the root mean square of the difference from the last value, mg/dL. */
  readonly outputs: Float64Array;
}

const SHORTEST_HISTORY = 24;
const SAMPLE = 4_000;

/** Writes inputs, scaled, and differences from the last value, scaled, of one window. */
export function writeWindow(
  set: WindowSet,
  window: number,
  history: Float32Array,
  minuteOfDay: number | null,
  scales: Scales,
  into: { inputs: Float32Array; values: Float32Array; row: number },
): void {
  const { inputs, values, row } = into;
  const at = row * INPUTS;
  writeInputs({ history, from: 0, minuteOfDay }, inputs, at);
  for (let i = 0; i < INPUTS; i++) inputs[at + i] = inputs[at + i]! / scales.inputs[i]!;
  const last = history[HISTORY_STEPS - 1]!;
  for (let step = 0; step < STEPS; step++) {
    values[row * STEPS + step] = (set.targets[window * STEPS + step]! - last) / scales.outputs[step]!;
  }
}

export const historyOf = (set: WindowSet, window: number): Float32Array =>
  set.histories.subarray(window * HISTORY_STEPS, (window + 1) * HISTORY_STEPS);

export function minuteOf(set: WindowSet, window: number): number | null {
  const minute = set.minutesOfDay[window]!;
  return Number.isNaN(minute) ? null : minute;
}

/** Scales from an even sample of the windows, each source counting by its share. */
export function scalesOf(sources: readonly TrainingSource[]): Scales {
  const inputs = new Float64Array(INPUTS);
  const outputs = new Float64Array(STEPS);
  const known = new Float64Array(STEPS);
  const row = new Float64Array(INPUTS);
  let weight = 0;
  for (const { windows, share } of sources) {
    const stride = Math.max(1, Math.floor(windows.count / SAMPLE));
    for (let window = 0; window < windows.count; window += stride) {
      const history = historyOf(windows, window);
      writeInputs({ history, from: 0, minuteOfDay: null }, row, 0);
      weight += share;
      for (let i = 0; i < INPUTS; i++) inputs[i]! += share * row[i]! ** 2;
      for (let step = 0; step < STEPS; step++) {
        const difference = windows.targets[window * STEPS + step]! - history[HISTORY_STEPS - 1]!;
        if (difference !== difference) continue;
        known[step]! += share;
        outputs[step]! += share * difference ** 2;
      }
    }
  }
  return {
    inputs: inputs.map((sum, i) => (isClockInput(i) ? 1 : Math.sqrt(sum / weight) || 1)),
    outputs: outputs.map((sum, step) => Math.sqrt(sum / known[step]!) || 1),
  };
}

/** Draws batches: every window of a source once before any twice. The same seed draws the same. */
export class BatchDrawer {
  private readonly orders: Uint32Array[];
  private readonly places: number[];
  private readonly history = new Float32Array(HISTORY_STEPS);

  constructor(
    private readonly sources: readonly TrainingSource[],
    private readonly scales: Scales,
    private readonly hardships: Hardships,
    private readonly random: Random,
  ) {
    this.orders = sources.map(({ windows }) => Uint32Array.from({ length: windows.count }, (_, i) => i));
    this.places = sources.map(({ windows }) => windows.count);
  }

  fill(inputs: Float32Array, values: Float32Array): void {
    const rows = values.length / STEPS;
    for (let row = 0; row < rows; row++) {
      const source = this.drawSource();
      const { windows } = this.sources[source]!;
      const window = this.drawWindow(source);
      this.history.set(historyOf(windows, window));
      this.harden();
      const clock = this.random.chance(this.hardships.noClock) ? null : minuteOf(windows, window);
      writeWindow(windows, window, this.history, clock, this.scales, { inputs, values, row });
    }
  }

  private drawSource(): number {
    let rest = this.random.next() * this.sources.reduce((sum, { share }) => sum + share, 0);
    for (const [index, { share }] of this.sources.entries()) if ((rest -= share) < 0) return index;
    return this.sources.length - 1;
  }

  private drawWindow(source: number): number {
    const order = this.orders[source]!;
    if (this.places[source] === order.length) {
      for (let i = order.length - 1; i > 0; i--) {
        const other = Math.floor(this.random.next() * (i + 1));
        [order[i], order[other]] = [order[other]!, order[i]!];
      }
      this.places[source] = 0;
    }
    return order[this.places[source]!++]!;
  }

  private harden(): void {
    const { random, history, hardships } = this;
    if (random.chance(hardships.shortHistory)) {
      const kept = Math.floor(random.uniform(SHORTEST_HISTORY, HISTORY_STEPS));
      history.fill(Number.NaN, 0, HISTORY_STEPS - kept);
    }
    if (!random.chance(hardships.gap)) return;
    const length = Math.floor(random.uniform(6, 25));
    const end = HISTORY_STEPS - Math.floor(random.uniform(12, 100));
    history.fill(Number.NaN, Math.max(0, end - length), end);
  }
}
