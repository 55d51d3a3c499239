import { demoClinic, demoHistory, HISTORY_DAYS } from '../../../src/domain/simulator/clinic.js';
import { timeInRange } from '../../../src/domain/simulator/fit.js';
import { localDayAt, startOfDayAt, zoneAt } from '../../../src/domain/time/zone-history.js';
import { cv, DAY, END, mgdlOfAll } from './support.js';

jest.setTimeout(60_000);

const NOW = END + 21 * 3600 + 1234;
const clinic = demoClinic(1, NOW);
const named = (displayName: string) => {
  const patient = clinic.find((one) => one.displayName === displayName);
  if (!patient) throw new Error(`no ${displayName}`);
  return patient;
};

describe('the demo clinic', () => {
  it('has thirty people with names of their own, of every persona', () => {
    expect(clinic).toHaveLength(30);
    expect(new Set(clinic.map(({ displayName }) => displayName)).size).toBe(30);
    expect(new Set(clinic.map(({ persona }) => persona)).size).toBe(10);
    expect(clinic.some(({ targetPreset }) => targetPreset === 'pregnancy-t1')).toBe(true);
    expect(clinic.filter(({ unit }) => unit === 'mmol/L').length).toBeGreaterThanOrEqual(4);
  });

  it.each([
    { name: 'Alice Thompson', goal: 85 },
    { name: 'Bob Martinez', goal: 60 },
    { name: 'Carol Chen', goal: 75 },
  ])('$name spends about $goal % of ninety days in range, with a believable variability', ({ name, goal }) => {
    const { readings } = demoHistory(named(name)).output;
    expect(Math.abs(timeInRange(readings) - goal)).toBeLessThanOrEqual(2);
    expect(Math.abs(timeInRange(readings, NOW - 14 * DAY) - goal)).toBeLessThanOrEqual(4);
    expect(cv(mgdlOfAll(readings))).toBeGreaterThan(25);
    expect(cv(mgdlOfAll(readings))).toBeLessThan(42);
  });

  it('begins each history at a local midnight ninety days ago and ends it now', () => {
    const patient = named('Daniel Okafor');
    const { readings } = demoHistory(patient).output;
    const { zones } = patient.subject;
    const today = localDayAt(zones, NOW);
    expect(patient.from).toBe(startOfDayAt(zones, today - HISTORY_DAYS));
    expect(readings[0]?.instant).toBeGreaterThan(patient.from);
    expect(readings.at(-1)?.instant).toBeLessThanOrEqual(NOW);
    expect(readings.at(-1)?.instant).toBeGreaterThan(NOW - 3 * 3600);
  });

  it('has one traveller, away for twelve days and back', () => {
    const { zones } = named('Farid Haddad').subject;
    expect(zones.map(({ zone }) => zone)).toEqual(['America/New_York', 'Asia/Tokyo', 'America/New_York']);
    expect(zoneAt(zones, NOW - 35 * DAY)).toBe('Asia/Tokyo');
    expect(clinic.filter(({ subject }) => subject.zones.length > 1)).toHaveLength(1);
  });

  it('lets the traveller sleep by the clock of where they are', () => {
    const { sleep } = demoHistory(named('Farid Haddad')).output;
    const hours = sleep.map(({ from, until }) => (until - from) / 3600);
    const awake = sleep.slice(1).map(({ from }, i) => (from - (sleep[i]?.until ?? from)) / 3600);
    expect(Math.max(...hours)).toBeLessThan(12);
    expect(Math.max(...awake)).toBeLessThan(26);
  });

  it('has one patient who fell silent days ago', () => {
    const silent = clinic.filter((patient) => patient.silent);
    expect(silent).toHaveLength(1);
    const [patient] = silent;
    const last = patient && demoHistory(patient).output.readings.at(-1);
    expect(NOW - (last?.instant ?? NOW)).toBeGreaterThan(2 * DAY);
  });

  it('keeps a record of insulin, meals, sleep and activity', () => {
    const { doses, meals, sleep, activities } = demoHistory(named('Maya Goldberg')).output;
    expect(doses.filter(({ type }) => type === 'basal').length).toBeGreaterThan(80);
    expect(doses.filter(({ type }) => type === 'bolus').length).toBeGreaterThan(180);
    expect(meals.length).toBeGreaterThan(250);
    expect(sleep.length).toBeGreaterThan(80);
    expect(activities.length).toBeGreaterThan(10);
    expect(doses.every(({ units }) => units >= 0.1 && units <= 100)).toBe(true);
    expect(sleep.every(({ from, until }) => until - from > 3600 && until - from < 16 * 3600)).toBe(true);
  });
});
