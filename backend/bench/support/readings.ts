const STEP_MS = 300_000;

export interface BenchReading {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly mgdl: number;
}

/** Readings of a five-minute sensor, plausible enough to fill every band; the same every run. */
export function sensorReadings(from: number, count: number, seed = 1): BenchReading[] {
  let drift = 0;
  let state = seed * 7_919;
  return Array.from({ length: count }, (_, slot) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    drift = 0.97 * drift + 14 * (state / 2 ** 32 - 0.5);
    const meals = 60 * Math.sin((slot / 288) * 6 * Math.PI + seed) + 25 * Math.sin((slot / 288) * 2 * Math.PI);
    const seconds = (slot * 7) % 5;
    return {
      at: from + slot * STEP_MS + seconds * 1000,
      mgdl: Math.round(Math.min(400, Math.max(40, 145 + meals + drift))),
    };
  });
}

export const toWire = ({ at, mgdl }: BenchReading) => ({
  measuredAt: new Date(at).toISOString(),
  value: mgdl,
  unit: 'mg/dL',
});
