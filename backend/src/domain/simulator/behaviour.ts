import { MGDL_PER_MMOLL } from '../glycemia/units.js';
import type { Planned } from './daily-plan.js';
import { basalDose, correctionBolus, insulinOnBoard, loopRate, mealBolus, predictedMmol } from './dosing.js';
import type { Output } from './events.js';
import { DEPOT_1, glucoseOf, RAPID_1 } from './physiology.js';
import { Random } from './random.js';
import { type SimulationState, STEP_SECONDS, STREAM } from './state.js';
import type { Subject } from './subject.js';
import { beginCompression } from './wear.js';

const HOUR = 3600;
/** What is worth giving and worth writing down, U. */
const LEAST_DOSE = 0.1;
/** What a journey or a late night has overtaken is not made up for, except sleep and the daily dose. */
const OVERTAKEN_SECONDS = 2 * HOUR;

/**
 * What the person and their pump do in the five minutes from `state.at`: what was planned for the clock time `wall`, then
 * what the trace makes them do. Changes the state and the body's vector, and returns the pump's rate in U/h.
 */
export function decide(
  subject: Subject,
  state: SimulationState,
  body: Float64Array,
  wall: number,
  random: Random,
  output: Output,
): number {
  endSport(subject, state, output);
  while (state.planned[0] && state.planned[0].at < wall + STEP_SECONDS) {
    const planned = state.planned.shift();
    if (planned) carryOut(subject, state, body, planned, wall, output);
  }
  treatLow(subject, state, body, random, output);
  treatHigh(subject, state, body, random, output);
  return subject.therapy.kind === 'loop' ? runLoop(subject, state, output) : 0;
}

function carryOut(
  subject: Subject,
  state: SimulationState,
  body: Float64Array,
  planned: Planned,
  wall: number,
  output: Output,
): void {
  const overtaken = wall - planned.at > OVERTAKEN_SECONDS;
  switch (planned.kind) {
    case 'wake':
      return wakeUp(subject, state, output);
    case 'bed':
      if (wall - planned.at > 2 * OVERTAKEN_SECONDS || state.asleep) return;
      state.asleep = { from: state.at, quality: planned.quality };
      if (planned.compression) beginCompression(state, state.at, planned.compression);
      return;
    case 'meal':
      if (overtaken || state.asleep) return;
      state.eating.fastGrams += planned.grams * (1 - planned.slow);
      state.eating.slowGrams += planned.grams * planned.slow;
      output.meals.push({
        instant: state.at,
        type: planned.type,
        carbsGrams: planned.noted,
        proteinGrams: Math.round(planned.noted * 0.35),
        fatGrams: Math.round(planned.noted * (0.15 + 0.5 * planned.slow)),
      });
      return;
    case 'bolus': {
      if (overtaken || state.asleep || subject.therapy.kind === 'basal-only') return;
      const units = mealBolus(subject, planned.noted, perceivedMgdl(state), insulinOnBoard(subject, body));
      return inject(subject, state, body, units, planned.noted, output);
    }
    case 'basal': {
      if (subject.therapy.kind === 'loop') return;
      const units = basalDose(subject);
      if (units <= 0) return;
      body[DEPOT_1] = (body[DEPOT_1] ?? 0) + units * 1000;
      output.doses.push({
        instant: state.at,
        type: 'basal',
        insulin: subject.therapy.basalInsulin,
        units,
        carbsGrams: null,
      });
      return;
    }
    case 'sport':
      if (overtaken || state.asleep || state.sport) return;
      // Nobody starts a session from a low value without eating first.
      if ((perceivedMgdl(state) ?? 120) < 115) snack(state, 20, output);
      state.sport = {
        from: state.at,
        until: state.at + planned.minutes * 60,
        intensity: planned.intensity,
        type: planned.type,
      };
      return;
    case 'alcohol':
      if (!overtaken) state.alcoholUntil = state.at + 8 * HOUR;
  }
}

/** Ends the sleep, if there is one, and writes it down where it was long enough to be one. */
export function wakeUp(subject: Subject, state: SimulationState, output: Output): void {
  if (!state.asleep) return;
  const { from, quality } = state.asleep;
  state.asleep = null;
  const minutes = (state.at - from) / 60;
  if (minutes < 60) return;
  const random = Random.seeded(subject.seed, STREAM.night, from / STEP_SECONDS);
  // Short nights make resistant days (Donga et al. 2010, Diabetes Care 33:1573: one night of four hours costs a fifth).
  state.sleepFactor = 1 - Math.min(0.2, 0.05 * Math.max(0, 7 - minutes / 60));
  const awake = Math.round(minutes * random.uniform(0.03, 0.1));
  const deep = Math.round(minutes * random.uniform(0.13, 0.23));
  const rem = Math.round(minutes * random.uniform(0.18, 0.26));
  output.sleep.push({
    from,
    until: state.at,
    deepMinutes: deep,
    remMinutes: rem,
    lightMinutes: Math.round(minutes) - awake - deep - rem,
    awakeMinutes: awake,
    quality: Math.round(10 * Math.max(1, Math.min(10, quality - 0.9 * Math.max(0, 7 - minutes / 60)))) / 10,
  });
}

function endSport(subject: Subject, state: SimulationState, output: Output): void {
  const { sport } = state;
  if (!sport || state.at < sport.until) return;
  const minutes = (sport.until - sport.from) / 60;
  output.activities.push({
    from: sport.from,
    until: sport.until,
    type: sport.type,
    intensity: sport.intensity < 0.35 ? 'light' : sport.intensity < 0.65 ? 'moderate' : 'vigorous',
    calories: Math.round(minutes * subject.body.bodyWeightKg * (0.05 + 0.12 * sport.intensity)),
    heartRate: Math.round(85 + 85 * sport.intensity),
  });
  state.sport = null;
}

/** What the person sees; a value up to a quarter of an hour old still counts. */
const perceivedMgdl = (state: SimulationState): number | null => state.shown.find((value) => value !== null) ?? null;

function snack(state: SimulationState, grams: number, output: Output): void {
  state.eating.fastGrams += grams;
  state.lastRescueAt = state.at;
  output.meals.push({ instant: state.at, type: 'snack', carbsGrams: grams, proteinGrams: 0, fatGrams: 0 });
}

function treatLow(subject: Subject, state: SimulationState, body: Float64Array, random: Random, output: Output): void {
  const { habits } = subject;
  const shown = perceivedMgdl(state);
  // Without a trace the body itself gives notice, later.
  const felt = shown === null ? glucoseOf(subject.body, body) + 0.5 : shown / MGDL_PER_MMOLL;
  const wakes = random.chance(habits.wakesAtAlarm * (felt < 2.8 ? 4 : felt < 3.2 ? 2 : 1));
  if (felt >= habits.rescuesBelowMmol || state.at - state.lastRescueAt < 20 * 60) return;
  if (state.asleep && !wakes) return;
  snack(state, Math.max(8, Math.round(random.truncatedNormal(habits.rescueGrams, 3))), output);
}

function treatHigh(subject: Subject, state: SimulationState, body: Float64Array, random: Random, output: Output): void {
  const { habits, therapy } = subject;
  const shown = perceivedMgdl(state);
  const acts = random.chance(habits.correctsWithin);
  const wakes = random.chance(habits.wakesAtAlarm * 0.5);
  if (shown === null || therapy.kind === 'basal-only') return;
  const mmol = shown / MGDL_PER_MMOLL;
  const onBoard = insulinOnBoard(subject, body);
  const rested = state.at - state.lastBolusAt;
  const automatic = therapy.kind === 'loop' && rested >= HOUR && (predictedMmol(state.shown) ?? 0) > 10;
  if (automatic) return inject(subject, state, body, correctionBolus(subject, shown, onBoard, 0.6), null, output);
  const alarmed = mmol > 18 && (state.asleep ? wakes : true);
  const bothered = mmol > habits.correctsAboveMmol && !state.asleep && acts;
  if (rested < 2.5 * HOUR || !(alarmed || bothered)) return;
  inject(subject, state, body, correctionBolus(subject, shown, onBoard, 0.9), null, output);
}

function inject(
  subject: Subject,
  state: SimulationState,
  body: Float64Array,
  units: number,
  carbsGrams: number | null,
  output: Output,
): void {
  if (units < LEAST_DOSE) return;
  body[RAPID_1] = (body[RAPID_1] ?? 0) + units * 1000;
  state.lastBolusAt = state.at;
  const type = carbsGrams === null ? 'correction' : 'bolus';
  output.doses.push({ instant: state.at, type, insulin: subject.therapy.rapidInsulin, units, carbsGrams });
}

/** The loop's rate now, and once an hour an entry of what it gave. */
function runLoop(subject: Subject, state: SimulationState, output: Output): number {
  const hour = Math.floor(state.at / HOUR);
  if (hour > state.pumpHour) {
    const units = Math.round(state.pumped * 100) / 100;
    if (units >= LEAST_DOSE)
      output.doses.push({
        instant: state.at,
        type: 'basal',
        insulin: subject.therapy.rapidInsulin,
        units,
        carbsGrams: null,
      });
    state.pumped = 0;
    state.pumpHour = hour;
  }
  const rate = loopRate(subject, state.shown);
  state.pumped += rate / (HOUR / STEP_SECONDS);
  return rate;
}
