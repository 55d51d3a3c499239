import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fitNetwork } from '../src/domain/forecasting/fitting/fit-network.js';
import { fitRidge, lastValueSpreads } from '../src/domain/forecasting/fitting/fit-ridge.js';
import { POPULATION_FIT } from '../src/domain/forecasting/fitting/usual-fit.js';
import { readModels, toModelFile } from '../src/domain/forecasting/model-file.js';
import { lastValueModel, networkModel, ridgeModel } from '../src/domain/forecasting/model.js';
import { multiplyAdds } from '../src/domain/forecasting/network.js';
import { heldOut, populationSources } from './support/forecast-sources.js';
import { scoresOfSet } from '../src/commands/evaluate-forecast/protocol-scores.js';

/**
 * Trains the models that ship and writes them where the product reads them: `npm run train-forecast`. Reads GlucoBench and
 * T1D-UOM from REFERENCE_DATA. The same data give the same file.
 */
const SEED = 1;
const MEMBERS = 2;
const VERSION = '1';
const FILE = join(__dirname, '../src/domain/forecasting/population.json');

const tell = (text: string): boolean => process.stderr.write(`${text}\n`);
const start = performance.now();
const seconds = (): string => `${((performance.now() - start) / 1000).toFixed(0)} s`;

const { sources, validation } = populationSources();
for (const { name, share, windows } of sources) tell(`${name}: ${windows.count} windows, share ${share}`);
const validationSets = validation.map(({ windows }) => windows);
const ridge = fitRidge(sources, validationSets);
tell(`ridge fitted, ${seconds()}`);
const member = (seed: number) =>
  fitNetwork(sources, validationSets, { ...POPULATION_FIT, seed }, ({ step, training, validation: losses }) =>
    tell(`${step} ${training.toFixed(4)} | ${losses.map((loss) => loss.toFixed(4)).join(' ')} | ${seconds()}`),
  ).network;
const [first, ...others] = Array.from({ length: MEMBERS }, (_, i) => member(SEED + i));
const file = toModelFile(
  { lastValueSpreads: lastValueSpreads(validationSets), ridge, members: [first!, ...others] },
  {
    version: VERSION,
    seed: SEED,
    trainedOn: sources
      .map(({ name, share, windows }) => `${name}: ${windows.count} windows, share ${share}`)
      .join('; '),
  },
);
writeFileSync(FILE, `${JSON.stringify(file, null, 2)}\n`);
tell(`written after ${seconds()}; ${MEMBERS} × ${multiplyAdds(first!.shape)} multiply-adds`);

const models = readModels(file);
const judged = [lastValueModel(models.lastValueSpreads), ridgeModel(models.ridge), networkModel(models.members)];
const rows = heldOut().flatMap(({ name, windows }) =>
  judged.flatMap((model) =>
    [30, 60, 120].map((minutes) => ({
      set: name,
      model: model.name,
      minutes,
      ...scoresOfSet(windows, model, minutes),
    })),
  ),
);
for (const row of rows) process.stdout.write(`${JSON.stringify(row)}\n`);
