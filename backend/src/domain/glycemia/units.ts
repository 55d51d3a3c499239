/** The unit a device reports in. */
export type GlucoseUnit = 'mg/dL' | 'mmol/L';

/** The one conversion factor of the product: mg/dL in 1 mmol/L (decision D1 of the metric definitions). */
export const MGDL_PER_MMOLL = 18.01559;

/** What a sensor said when it left its range: kept as a reading at the device limit, never dropped. */
export type Censoring = 'low' | 'high';

/** Bits of a sample's flags. */
export const FLAG_MMOL = 1;
export const FLAG_CENSORED_LOW = 2;
export const FLAG_CENSORED_HIGH = 4;

export const unitOf = (flags: number): GlucoseUnit => ((flags & FLAG_MMOL) === 0 ? 'mg/dL' : 'mmol/L');

/** mg/dL of a value in tenths of its native unit. */
export const mgdlOf = (tenths: number, flags: number): number =>
  (flags & FLAG_MMOL) === 0 ? tenths / 10 : (tenths / 10) * MGDL_PER_MMOLL;
