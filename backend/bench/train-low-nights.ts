import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clinicalRecordOf } from '../src/domain/patterns/clinical/clinical-record.js';
import { type LowNightsFile, nightInputs } from '../src/domain/patterns/clinical/low-nights.js';
import { chanceBy, type LogisticModel } from '../src/domain/patterns/risk/low-risk.js';
import { PERSONAS } from '../src/domain/simulator/personas.js';
import { type Example, fitLogistic } from './support/fit-logistic.js';
import { nightsOf } from './support/pattern-truth.js';
import { recordedPerson } from './support/recorded-people.js';

/**
 * Fits the chance that a night was low that ships, and prints how it held on people it had not seen: `npm run
 * train-low-nights`. Everything is simulated: only there the truth is known. The same program gives the same file.
 */
const FILE = join(__dirname, '../src/domain/patterns/clinical/low-nights.json');
const FROM = Date.UTC(2024, 1, 5) / 1000;
const PEOPLE = 210;
const ALL = Object.values(PERSONAS);

function examplesOf(firstSeed: number): Example[] {
  return Array.from({ length: PEOPLE }, (_, place) => {
    const options = { zone: 'Europe/Berlin', from: FROM, days: 90 };
    const one = recordedPerson(ALL[place % ALL.length]!, firstSeed + place, options);
    const isLow = new Map(nightsOf(one).map((night) => [night.day, night.isLow]));
    return nightInputs(clinicalRecordOf(one.history)).flatMap(({ day, inputs }) =>
      inputs ? [{ inputs, happened: isLow.get(day) ?? false, weight: 1 }] : [],
    );
  }).flat();
}

interface Told {
  readonly chance: number;
  readonly happened: boolean;
}

const toldBy = (model: LogisticModel, examples: readonly Example[]): Told[] =>
  examples.map(({ inputs, happened }) => ({ chance: chanceBy(model, inputs), happened }));

function scoreAt(told: readonly Told[], cut: number): { recall: number; precision: number } {
  const named = told.filter(({ chance }) => chance >= cut);
  const right = named.filter(({ happened }) => happened).length;
  return { recall: right / told.filter(({ happened }) => happened).length, precision: right / named.length };
}

/** Where recall and precision meet. */
function meetingPoint(told: readonly Told[]): number {
  const cuts = Array.from({ length: 401 }, (_, k) => 0.3 + k / 1000);
  const worse = (cut: number) => Math.min(...Object.values(scoreAt(told, cut)));
  return cuts.reduce((best, cut) => (worse(cut) > worse(best) ? cut : best));
}

/** The largest recall at a precision of 0.9 or more. */
function bestAtNine(told: readonly Told[]): number {
  const cuts = Array.from({ length: 901 }, (_, k) => 0.05 + k / 1000);
  return Math.max(...cuts.map((cut) => scoreAt(told, cut)).map((s) => (s.precision >= 0.9 ? s.recall : 0)));
}

const [fittedTo, chosenBy, unseen] = [30_000, 32_000, 34_000].map(examplesOf);
const round = (value: number): number => Number(value.toPrecision(6));
const { intercept, weights } = fitLogistic(fittedTo!);
const model = { intercept: round(intercept), weights: weights.map(round) };
const namedFrom = round(meetingPoint(toldBy(model, chosenBy!)));
for (const [set, examples] of Object.entries({ fittedTo: fittedTo!, chosenBy: chosenBy!, unseen: unseen! })) {
  const told = toldBy(model, examples);
  const bins = [0, 0.2, 0.4, 0.6, 0.8, 1.01].slice(0, -1).map((from) => {
    const inside = told.filter(({ chance }) => chance >= from && chance < from + 0.2);
    const expected = inside.reduce((sum, { chance }) => sum + chance, 0);
    return `${inside.filter(({ happened }) => happened).length} of ${inside.length}, ${expected.toFixed(1)} expected`;
  });
  const row = {
    set,
    nights: told.length,
    ...scoreAt(told, namedFrom),
    bestRecallAtPrecision09: bestAtNine(told),
    bins,
  };
  process.stdout.write(`${JSON.stringify(row)}\n`);
}
const trainedOn = `simulator: ${PEOPLE} people, ${fittedTo!.length} nights`;
const shipped: LowNightsFile = { version: '1', trainedOn, ...model, namedFrom };
// Lists on one line each, as files here are formatted.
const written = JSON.stringify(shipped, null, 2).replace(/\[[^\]]*\]/g, (list) => list.replace(/\s+/g, ' '));
writeFileSync(FILE, `${written.replaceAll('[ ', '[').replaceAll(' ]', ']')}\n`);
