import { censoringOf, mgdlOf } from '../../glycemia/units.js';
import type { RuleWindow, SampleRule } from '../rule.js';

/** The same value for this long: glucose never stands still, a broken sensor does. */
const STUCK_SECONDS = 90 * 60;
const STUCK_SAMPLES = 7;
/** A longer silence begins anew. */
const LONGEST_STEP_SECONDS = 30 * 60;

/** Steps to and fro that no glucose makes, mg/dL from one sample to the next. */
const JUMP_MGDL = 25;
const JUMP_WINDOW_SECONDS = 30 * 60;
const JUMPS = 3;

/** A sensor that stands still or jumps to and fro. Values at the limit of the sensor's range may stand still. */
export const sensorError: SampleRule<'sensor-error'> = {
  code: 'sensor-error',
  judge: (window) => (isStuck(window) || isJumping(window) ? 'raised' : 'clear'),
  sustainMinutes: () => 0,
  clearMinutes: 30,
  severity: () => 'info',
};

function isStuck({ series, index }: RuleWindow): boolean {
  const { instants, tenths, flags } = series;
  if (censoringOf(flags[index] ?? 0) !== null) return false;
  let first = index;
  const continues = (i: number): boolean =>
    tenths[i] === tenths[index] &&
    flags[i] === flags[index] &&
    (instants[i + 1] ?? 0) - (instants[i] ?? 0) <= LONGEST_STEP_SECONDS;
  while (first > 0 && continues(first - 1)) first--;
  return index - first + 1 >= STUCK_SAMPLES && (instants[index] ?? 0) - (instants[first] ?? 0) >= STUCK_SECONDS;
}

function isJumping({ series, index }: RuleWindow): boolean {
  const { instants, tenths, flags } = series;
  const mgdl = (i: number): number => mgdlOf(tenths[i] ?? 0, flags[i] ?? 0);
  const since = (instants[index] ?? 0) - JUMP_WINDOW_SECONDS;
  let jumps = 0;
  let direction = 0;
  for (let i = index; i > 0 && (instants[i - 1] ?? 0) >= since; i--) {
    const step = mgdl(i) - mgdl(i - 1);
    if (Math.abs(step) < JUMP_MGDL || Math.sign(step) === direction) continue;
    direction = Math.sign(step);
    jumps++;
  }
  return jumps >= JUMPS;
}
