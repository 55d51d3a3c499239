import type { PersonHistory } from '../../src/domain/causality/person-history.js';
import type { GlucoseSeries } from '../../src/domain/glycemia/series.js';
import { Random } from '../../src/domain/simulator/random.js';

const DAY = 86_400;
const STREAM = 91;

/** The days of a record in another order, each with its clock turned: nothing goes with a clock time, a day or an event. */
export function turnedDays(history: PersonHistory, seed: number): PersonHistory {
  const random = Random.seeded(seed, STREAM);
  const { instants, tenths, flags } = history.glucose;
  const days = [...new Set(instants.map((instant) => Math.floor(instant / DAY)))];
  const places = shuffled(days, random);
  const moved = new Map(
    days.map((day, i) => [day, { to: places[i] ?? day, turn: 300 * Math.floor(288 * random.next()) }]),
  );
  const readings = [...instants].map((instant, i) => {
    const day = Math.floor(instant / DAY);
    const { to, turn } = moved.get(day) ?? { to: day, turn: 0 };
    return { at: to * DAY + ((instant - day * DAY + turn) % DAY), tenths: tenths[i] ?? 0, flags: flags[i] ?? 0 };
  });
  return { ...history, glucose: seriesOf(readings.sort((a, b) => a.at - b.at)) };
}

const MEMORY_STEPS = 14;

/** A record whose glucose is a random walk that is drawn back to its mean, with the level and spread of the person's own. */
export function wanderingGlucose(history: PersonHistory, seed: number): PersonHistory {
  const random = Random.seeded(seed, STREAM + 1);
  const { instants, tenths } = history.glucose;
  const mean = tenths.reduce((sum, value) => sum + value, 0) / tenths.length;
  const spread = Math.sqrt(tenths.reduce((sum, value) => sum + (value - mean) ** 2, 0) / tenths.length);
  const keep = Math.exp(-1 / MEMORY_STEPS);
  // The variance that two such filters in a row leave of noise of one.
  const scale = Math.sqrt((1 - keep * keep) ** 3 / (1 + keep * keep));
  let [first, second] = [0, 0];
  const readings = [...instants].map((at) => {
    first = keep * first + random.normal();
    second = keep * second + first;
    const value = mean + spread * scale * second;
    return { at, tenths: 10 * Math.round(Math.max(400, Math.min(4_000, value)) / 10), flags: 0 };
  });
  return { ...history, glucose: seriesOf(readings) };
}

const seriesOf = (readings: ReadonlyArray<{ at: number; tenths: number; flags: number }>): GlucoseSeries => ({
  instants: Float64Array.from(readings, ({ at }) => at),
  tenths: Int16Array.from(readings, (one) => one.tenths),
  flags: Uint8Array.from(readings, (one) => one.flags),
});

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const copy = [...items];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(random.next() * (i + 1));
    [copy[i], copy[j]] = [copy[j]!, copy[i]!];
  }
  return copy;
}
