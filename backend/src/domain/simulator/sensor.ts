import {
  FLAG_CENSORED_HIGH,
  FLAG_CENSORED_LOW,
  FLAG_MMOL,
  type GlucoseUnit,
  MGDL_PER_MMOLL,
} from '../glycemia/units.js';
import type { Random } from './random.js';

/** A sensor brand: how long one lives and how long it says nothing after insertion. */
export interface SensorModel {
  readonly name: string;
  readonly lifeDays: number;
  readonly warmUpMinutes: number;
}

export const G6: SensorModel = { name: 'Dexcom G6', lifeDays: 10, warmUpMinutes: 120 };
export const G7: SensorModel = { name: 'Dexcom G7', lifeDays: 10.5, warmUpMinutes: 30 };
export const LIBRE3: SensorModel = { name: 'FreeStyle Libre 3', lifeDays: 14, warmUpMinutes: 60 };

export interface SensorState {
  insertedAt: number;
  readsFrom: number;
  endsAt: number;
  gain: number;
  offsetMgdl: number;
  /** The two last values of the noise common to all sensors of a person and of the noise of this one, mg/dL. */
  common: [number, number];
  own: [number, number];
}

/** A fresh sensor; `readyNow` skips the warm-up, for a person who already wore one. */
export function insertSensor(model: SensorModel, at: number, random: Random, readyNow = false): SensorState {
  return {
    insertedAt: at,
    readsFrom: readyNow ? at : at + model.warmUpMinutes * 60,
    endsAt: at + Math.round(model.lifeDays * 86_400),
    gain: random.truncatedNormal(1, 0.015),
    offsetMgdl: random.truncatedNormal(0, 2),
    common: [0, 0],
    own: [0, 0],
  };
}

/** A modern trace is smoothed: the published innovations at this share, once per five-minute sample. */
const SMOOTHING = 0.62;

/**
 * What the sensor shows (mg/dL, unrounded) for interstitial glucose, one call per five minutes. Dexcom G6 error model of
 * Vettoretti et al. 2019 (Sensors 19:5320): calibration drift by day of wear plus two autoregressive noises of order two.
 */
export function senseMgdl(sensor: SensorState, interstitialMmol: number, at: number, random: Random): number {
  const days = Math.max(0, (at - sensor.insertedAt) / 86_400);
  const drift = 1.048 - 0.033 * days + 0.002 * days * days;
  const bias = -6.398 + 6.179 * days - 0.448 * days * days;
  const unrest = SMOOTHING * (days < 1 ? 1.5 - 0.5 * days : 1);
  const common = 1.34 * sensor.common[0] - 0.492 * sensor.common[1] + unrest * random.normal(0, 2.353);
  const own = 1.22 * sensor.own[0] - 0.331 * sensor.own[1] + unrest * random.normal(0, 1.908);
  sensor.common[1] = sensor.common[0];
  sensor.common[0] = common;
  sensor.own[1] = sensor.own[0];
  sensor.own[0] = own;
  return sensor.gain * (drift * interstitialMmol * MGDL_PER_MMOLL + bias) + sensor.offsetMgdl + common + own;
}

/** A reading as the device reports it: tenths of the native unit, held and marked at the limits 40 and 400 mg/dL. */
export function displayed(mgdl: number, unit: GlucoseUnit): { tenths: number; flags: number } {
  const limit = mgdl < 39.5 ? 40 : mgdl >= 400.5 ? 400 : null;
  const censored = limit === null ? 0 : limit === 40 ? FLAG_CENSORED_LOW : FLAG_CENSORED_HIGH;
  const shown = limit ?? mgdl;
  return unit === 'mg/dL'
    ? { tenths: Math.round(shown) * 10, flags: censored }
    : { tenths: Math.round((shown / MGDL_PER_MMOLL) * 10), flags: censored | FLAG_MMOL };
}
