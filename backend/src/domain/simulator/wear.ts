import type { Compression } from './daily-plan.js';
import type { Output } from './events.js';
import { INTERSTITIAL } from './physiology.js';
import { Random } from './random.js';
import { displayed, insertSensor, senseMgdl } from './sensor.js';
import { type SimulationState, STEP_SECONDS, STREAM } from './state.js';
import type { Subject } from './subject.js';

const RAMP_DOWN_SECONDS = 12 * 60;
const RECOVERY_SECONDS = 18 * 60;

/** Lying on the sensor tonight: pressure shuts off the tissue's blood and the reading falls although glucose does not. */
export function beginCompression(state: SimulationState, from: number, night: Compression): void {
  const start = from + Math.round(night.afterMinutes * 60);
  state.compression = { from: start, until: start + Math.round(night.minutes * 60), factor: night.factor };
}

/** Takes the sample due at `state.at`, if sensor and phone allow one, and returns what was shown in mg/dL. */
export function takeSample(
  subject: Subject,
  state: SimulationState,
  body: Float64Array,
  random: Random,
  output: Output,
): number | null {
  changeSensor(subject, state, output, random);
  followOutage(subject, state, output, random);
  const factor = compressionFactor(state, output);
  const { sensor } = state;
  if (!sensor) return null;
  const mgdl = senseMgdl(sensor, body[INTERSTITIAL] ?? 0, state.at, random) * factor;
  if (state.at < sensor.readsFrom) return null;
  const reading = { instant: state.at, ...displayed(mgdl, subject.unit) };
  if (!state.outage) output.readings.push(reading);
  else if (state.outage.recovers) state.withheld.push(reading);
  return state.outage ? null : Math.max(39, Math.min(401, mgdl));
}

function changeSensor(subject: Subject, state: SimulationState, output: Output, random: Random): void {
  const { model, pauseChance, pauseDays } = subject.wear;
  if (state.sensor && state.at >= state.sensor.endsAt) {
    state.sensor = null;
    const pause = random.chance(pauseChance) ? random.exponential(pauseDays) * 86_400 : 0;
    state.nextSensorAt = state.at + Math.round(pause);
    if (pause > 0) output.artefacts.push({ kind: 'sensor-pause', from: state.at, until: state.nextSensorAt });
  }
  // Nobody gets up at night to insert a sensor.
  if (state.sensor || state.at < state.nextSensorAt || state.asleep) return;
  const chance = Random.seeded(subject.seed, STREAM.insertion, state.at / STEP_SECONDS);
  state.sensor = insertSensor(model, state.at, chance);
  output.artefacts.push({ kind: 'warm-up', from: state.at, until: state.sensor.readsFrom });
}

function followOutage(subject: Subject, state: SimulationState, output: Output, random: Random): void {
  const { outagesPerDay, outageHours } = subject.wear;
  const { outage } = state;
  if (outage && state.at >= outage.until) {
    output.readings.push(...state.withheld);
    state.withheld = [];
    output.artefacts.push({
      kind: outage.recovers ? 'backfill' : 'signal-loss',
      from: outage.from,
      until: outage.until,
    });
    state.outage = null;
  }
  if (state.outage || !random.chance(outagesPerDay / 288)) return;
  const length = Math.max(STEP_SECONDS, random.exponential(outageHours * 3600));
  // A sensor remembers a few hours: a short absence of the phone is filled in later, a lost sensor is not.
  const recovers = length < 3 * 3600 && random.chance(0.4);
  state.outage = { from: state.at, until: state.at + Math.round(length), recovers };
}

function compressionFactor(state: SimulationState, output: Output): number {
  const { compression } = state;
  if (!compression || state.at < compression.from) return 1;
  const into = state.at - compression.from;
  const after = state.at - compression.until;
  if (after >= RECOVERY_SECONDS || (!state.asleep && into < RAMP_DOWN_SECONDS)) {
    if (after >= RECOVERY_SECONDS)
      output.artefacts.push({
        kind: 'compression-low',
        from: compression.from,
        until: compression.until + RECOVERY_SECONDS,
      });
    state.compression = null;
    return 1;
  }
  const depth = Math.min(1, into / RAMP_DOWN_SECONDS) * (after > 0 ? 1 - after / RECOVERY_SECONDS : 1);
  return 1 - depth * (1 - compression.factor);
}
