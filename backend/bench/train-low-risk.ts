import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  chanceBy,
  type LogisticModel,
  type LowRiskFile,
  type RiskName,
  RISKS,
} from '../src/domain/patterns/risk/low-risk.js';
import { type Example, fitLogistic } from './support/fit-logistic.js';
import { type RiskExample, simulatedExamples, uomExamples } from './support/risk-examples.js';

/**
 * Fits the chance of lows that ships, and prints how it held on people it had not seen: `npm run train-low-risk`. Reads
 * T1D-UOM from REFERENCE_DATA. The same data give the same file.
 */
const FILE = join(__dirname, '../src/domain/patterns/risk/low-risk.json');
const NAMES = Object.keys(RISKS) as RiskName[];
const EDGES = [0, 0.2, 0.5, 0.8, 1.01];

const learned = simulatedExamples(3_000, 210);
const unseen = simulatedExamples(5_000, 105);
const real = uomExamples();

/** Every person weighs the same, however many fortnights they have. */
function weighted(examples: readonly RiskExample[], name: RiskName): Example[] {
  const count = new Map<string, number>();
  for (const { person } of examples) count.set(person, (count.get(person) ?? 0) + 1);
  return examples.map(({ person, inputs, happened }) => ({
    inputs,
    happened: happened[name],
    weight: 1 / (count.get(person) ?? 1),
  }));
}

const all = [...learned, ...real];
const round = (value: number): number => Number(value.toPrecision(6));
const fitted = (examples: readonly RiskExample[], name: RiskName): LogisticModel => {
  const { intercept, weights } = fitLogistic(weighted(examples, name));
  return { intercept: round(intercept), weights: weights.map(round) };
};
const people = (examples: readonly RiskExample[]): number => new Set(examples.map(({ person }) => person)).size;

interface Told {
  readonly chance: number;
  readonly happened: boolean;
}

const eventsOf = (told: readonly Told[]): number => told.filter(({ happened }) => happened).length;
const expectedOf = (told: readonly Told[]): number => told.reduce((sum, { chance }) => sum + chance, 0);

/** What the model says of real people whom it has not seen: each left out of a fit of everybody else. */
const leftOut = (name: RiskName): Told[] =>
  real.map(({ person, inputs, happened }) => ({
    chance: chanceBy(
      fitted(
        all.filter((one) => one.person !== person),
        name,
      ),
      inputs,
    ),
    happened: happened[name],
  }));

function tell(set: string, name: RiskName, examples: readonly RiskExample[], told: readonly Told[]): void {
  const share = eventsOf(told) / told.length;
  const brier = (of: (one: Told) => number) =>
    told.reduce((sum, one) => sum + (of(one) - Number(one.happened)) ** 2, 0) / told.length;
  const bins = EDGES.slice(1).map((to, i) => {
    const inside = told.filter(({ chance }) => chance >= EDGES[i]! && chance < to);
    return `${eventsOf(inside)} of ${inside.length}, ${expectedOf(inside).toFixed(1)} expected`;
  });
  const row = {
    set,
    risk: name,
    people: people(examples),
    fortnights: told.length,
    events: eventsOf(told),
    expected: expectedOf(told),
    brier: brier(({ chance }) => chance),
    brierOfShare: brier(() => share),
    bins,
  };
  process.stdout.write(`${JSON.stringify(row)}\n`);
}

const models: Partial<Record<RiskName, LowRiskFile['models'][RiskName]>> = {};
for (const name of NAMES) {
  const model = fitted(all, name);
  const held = leftOut(name);
  models[name] = {
    ...model,
    heldOut: {
      people: people(real),
      fortnights: held.length,
      events: eventsOf(held),
      expected: round(expectedOf(held)),
    },
  };
  const others = unseen.map(({ inputs, happened }) => ({ chance: chanceBy(model, inputs), happened: happened[name] }));
  tell('simulator, other people', name, unseen, others);
  tell('T1D-UOM, one person left out', name, real, held);
}
const means = (all[0]?.inputs ?? []).map((_, i) =>
  round(all.reduce((sum, { inputs }) => sum + (inputs[i] ?? 0), 0) / all.length),
);
const trainedOn = `simulator: ${people(learned)} people, ${learned.length} fortnights; T1D-UOM: ${people(real)} people, ${real.length} fortnights`;
writeFileSync(FILE, `${JSON.stringify({ version: '1', trainedOn, means, models }, null, 2)}\n`);
process.stderr.write(`${trainedOn}\n`);
