import { MGDL_PER_MMOLL } from '../glycemia/units.js';
import { SECONDS_PER_DAY } from '../time/zone.js';
import { wallClockAt, zoneAt } from '../time/zone-history.js';
import { decide, wakeUp } from './behaviour.js';
import { planDay } from './daily-plan.js';
import { emptyOutput, type Output } from './events.js';
import { type Inputs, INTERSTITIAL, stepMinute } from './physiology.js';
import { Random } from './random.js';
import { dailySensitivity, dawnProduction, oscillation } from './rhythm.js';
import { initialState, type SimulationState, STATE_VERSION, STEP_SECONDS, STREAM } from './state.js';
import type { Subject } from './subject.js';
import { takeSample } from './wear.js';

const STEP_MINUTES = STEP_SECONDS / 60;
/** Fastest eating, g/min. */
const EATING_RATE = 4;
/** Correlation time of the wandering sensitivity: six hours. */
const WANDER_DECAY = Math.exp(-STEP_MINUTES / 360);
const WANDER_GROWTH = Math.sqrt(1 - WANDER_DECAY * WANDER_DECAY);

/**
 * A simulated person on the move, five minutes at a time. Whether the steps are taken in one go or with a saved state between
 * any two of them makes no difference to what comes out.
 */
export class Simulation {
  private readonly vector: Float64Array;

  private constructor(
    readonly subject: Subject,
    private readonly state: SimulationState,
  ) {
    this.vector = Float64Array.from(state.body);
  }

  /** Begins at the last sample instant not after `from` (seconds since the epoch). */
  static start(subject: Subject, from: number): Simulation {
    return new Simulation(subject, initialState(subject, from));
  }

  static resume(subject: Subject, state: SimulationState): Simulation {
    if (state.version !== STATE_VERSION)
      throw new RangeError('the state was saved by another version of the simulator');
    return new Simulation(subject, structuredClone(state));
  }

  save(): SimulationState {
    return structuredClone({ ...this.state, body: [...this.vector] });
  }

  /** Instant of the last sample. */
  get at(): number {
    return this.state.at;
  }

  /** What a perfect sensor would show, mg/dL. */
  get interstitialMgdl(): number {
    return (this.vector[INTERSTITIAL] ?? 0) * MGDL_PER_MMOLL;
  }

  /** Runs every whole step that ends at or before `until`. */
  advance(until: number, output: Output = emptyOutput()): Output {
    while (this.state.at + STEP_SECONDS <= until) this.step(output);
    return output;
  }

  private step(output: Output): void {
    const { subject, state } = this;
    const wall = wallClockAt(subject.zones, state.at);
    const day = Math.floor(wall / SECONDS_PER_DAY);
    const zone = zoneAt(subject.zones, state.at);
    if (zone !== state.zone) this.arrive(zone, wall, day, output);
    if (day > state.plannedDay) this.beginDay(day);
    const random = Random.seeded(subject.seed, STREAM.step, state.at / STEP_SECONDS);
    const loopUnitsPerHour = decide(subject, state, this.vector, wall, random, output);
    const inputs = this.inputs(wall, day, random);
    inputs.rapidInsulin = (loopUnitsPerHour * 1000) / 60;
    for (let minute = 0; minute < STEP_MINUTES; minute++) {
      this.eat(inputs);
      stepMinute(subject.body, this.vector, inputs);
    }
    state.at += STEP_SECONDS;
    const { shown } = state;
    shown.copyWithin(1, 0);
    shown[0] = takeSample(subject, state, this.vector, random, output);
  }

  private beginDay(day: number): void {
    const { state } = this;
    const plan = planDay(this.subject, day);
    state.planned = [...state.planned, ...plan.events].sort((a, b) => a.at - b.at);
    state.plannedDay = day;
    state.dayFactor = plan.sensitivity;
    if (plan.illnessDays > 0 && state.illUntilDay < day) state.illUntilDay = day + plan.illnessDays;
  }

  /** A journey ends sleep. One to the west leads back into a day that was planned already: what is left of it is lived anew. */
  private arrive(zone: string, wall: number, day: number, output: Output): void {
    const { state } = this;
    state.zone = zone;
    wakeUp(this.subject, state, output);
    if (day > state.plannedDay) return;
    state.planned = [];
    this.beginDay(day);
    state.planned = state.planned.filter((planned) => planned.at >= wall);
  }

  private inputs(wall: number, day: number, random: Random): Inputs {
    const { subject, state } = this;
    const hour = (wall - day * SECONDS_PER_DAY) / 3600;
    state.wander = WANDER_DECAY * state.wander + WANDER_GROWTH * random.normal(0, subject.hourVariation);
    const drift = Math.max(0, (state.at - subject.driftFrom) / SECONDS_PER_DAY) * subject.driftPerDay;
    const minutes = state.at / 60;
    const phase = (subject.seed % 97) / 97;
    const illness = day < state.illUntilDay ? 0.8 : 1;
    return {
      rapidInsulin: 0,
      fastCarbs: 0,
      slowCarbs: 0,
      sensitivity:
        dailySensitivity(hour) *
        oscillation(minutes, phase) *
        state.dayFactor *
        state.sleepFactor *
        illness *
        Math.exp(state.wander) *
        Math.max(0.4, 1 - drift),
      production:
        dawnProduction(hour, subject.dawn) *
        oscillation(minutes, phase + 0.5) *
        (state.at < state.alcoholUntil ? 0.7 : 1),
      exercise: state.sport ? state.sport.intensity : 0,
    };
  }

  private eat(inputs: Inputs): void {
    const { eating } = this.state;
    const left = eating.fastGrams + eating.slowGrams;
    if (left === 0) {
      inputs.fastCarbs = inputs.slowCarbs = 0;
      return;
    }
    const bite = Math.min(EATING_RATE, left);
    inputs.fastCarbs = (bite * eating.fastGrams) / left;
    inputs.slowCarbs = bite - inputs.fastCarbs;
    eating.fastGrams = Math.max(0, eating.fastGrams - inputs.fastCarbs);
    eating.slowGrams = Math.max(0, eating.slowGrams - inputs.slowCarbs);
  }
}
