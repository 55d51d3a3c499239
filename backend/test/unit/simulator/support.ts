import { mgdlOf } from '../../../src/domain/glycemia/units.js';
import { createSubject } from '../../../src/domain/simulator/create-subject.js';
import type { Output, SimulatedReading } from '../../../src/domain/simulator/events.js';
import { settledAt } from '../../../src/domain/simulator/fit.js';
import type { Persona } from '../../../src/domain/simulator/personas.js';
import type { Subject } from '../../../src/domain/simulator/subject.js';

export const DAY = 86_400;
/** Monday, 2026-11-23 00:00 UTC; the zone is UTC too, so that hours can be read off the instant. */
export const END = 1_795_392_000;

export const subjectOf = (persona: Persona, seed: number): Subject =>
  createSubject(persona, seed, { zones: [{ from: 0, zone: 'Etc/UTC' }] });

export const run = (subject: Subject, days: number): Output => settledAt(subject, END - days * DAY).advance(END);

export const mgdlOfAll = (readings: readonly SimulatedReading[]): number[] =>
  readings.map(({ tenths, flags }) => mgdlOf(tenths, flags));

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

export const cv = (values: readonly number[]): number => {
  const middle = mean(values);
  return (100 * Math.sqrt(mean(values.map((value) => (value - middle) ** 2)))) / middle;
};

export const percent = (values: readonly number[], holds: (value: number) => boolean): number =>
  (100 * values.filter(holds).length) / values.length;

export const quantile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
};
