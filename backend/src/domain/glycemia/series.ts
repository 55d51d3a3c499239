/**
 * A glucose series: parallel columns of equal length, strictly ascending in time, one value per instant.
 * Values stay in the unit the device reported, as whole tenths (5.5 mmol/L is 55, 98 mg/dL is 980), because thresholds
 * are judged there: 10.0 mmol/L converted is 180.16 mg/dL and would turn "high".
 */
export interface GlucoseSeries {
  /** Seconds since the epoch. */
  readonly instants: Float64Array;
  /** Ten times the native value. */
  readonly tenths: Int16Array;
  /** `FLAG_*` bits of `units.ts`: unit and censoring of each sample. */
  readonly flags: Uint8Array;
}

/** The index of the first of some ascending instants that is at or after one; their number where none is. */
export function firstAtOrAfter(instants: Float64Array, instant: number): number {
  let low = 0;
  let high = instants.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((instants[middle] ?? 0) < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}
