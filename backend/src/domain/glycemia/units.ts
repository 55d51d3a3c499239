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

const CENSORED_FLAGS = { low: FLAG_CENSORED_LOW, high: FLAG_CENSORED_HIGH } as const;

/** The flags of a sensor's own reading. */
export const sampleFlags = (unit: GlucoseUnit, censored: Censoring | null): number =>
  (unit === 'mmol/L' ? FLAG_MMOL : 0) | (censored ? CENSORED_FLAGS[censored] : 0);

export function censoringOf(flags: number): Censoring | null {
  if ((flags & FLAG_CENSORED_LOW) !== 0) return 'low';
  return (flags & FLAG_CENSORED_HIGH) === 0 ? null : 'high';
}

/** What any device or meter can report, in tenths of the unit: 10 to 1,000 mg/dL, 0.6 to 55 mmol/L. No clinical range. */
export const REPORTABLE_TENTHS = {
  'mg/dL': { low: 100, high: 10_000 },
  'mmol/L': { low: 6, high: 550 },
} as const satisfies Record<GlucoseUnit, { low: number; high: number }>;

/** mg/dL of a value in tenths of its native unit. */
export const mgdlOf = (tenths: number, flags: number): number =>
  (flags & FLAG_MMOL) === 0 ? tenths / 10 : (tenths / 10) * MGDL_PER_MMOLL;
