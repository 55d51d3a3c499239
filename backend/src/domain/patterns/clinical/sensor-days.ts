/** Silences with which sensors begin: Dexcom G7, FreeStyle Libre 3, Dexcom G6. Minutes. */
const WARM_UPS = [30, 60, 120] as const;
/** A warm-up ends with the first reading after it. */
const LATE_MINUTES = 12;
const EARLY_MINUTES = 2;

/**
 * Instants (seconds) of readings with which a sensor seems to have begun, and how long it was silent before: silences as long
 * as the warm-up that is the commonest in the record, or longer. No record says when a sensor was put on.
 */
export function sensorStarts(instants: Float64Array): {
  readonly at: readonly number[];
  readonly silentMinutes: number;
} {
  const silences: { at: number; minutes: number }[] = [];
  for (let i = 1; i < instants.length; i++) {
    const minutes = (instants[i]! - instants[i - 1]!) / 60;
    if (minutes >= WARM_UPS[0] - EARLY_MINUTES) silences.push({ at: instants[i]!, minutes });
  }
  const fits = (warmUp: number) =>
    silences.filter(({ minutes }) => minutes >= warmUp - EARLY_MINUTES && minutes <= warmUp + LATE_MINUTES).length;
  const silentMinutes = [...WARM_UPS].sort((a, b) => fits(b) - fits(a) || b - a)[0]!;
  return {
    at: silences.filter(({ minutes }) => minutes >= silentMinutes - EARLY_MINUTES).map(({ at }) => at),
    silentMinutes,
  };
}

/** Days since the sensor was put on, at ascending instants; null before the first that is known. */
export function sensorDaysAt(readings: Float64Array, instants: readonly number[]): (number | null)[] {
  const { at, silentMinutes } = sensorStarts(readings);
  let next = 0;
  return instants.map((instant) => {
    while (next < at.length && at[next]! <= instant) next++;
    return next === 0 ? null : (instant - at[next - 1]! + silentMinutes * 60) / 86_400;
  });
}
