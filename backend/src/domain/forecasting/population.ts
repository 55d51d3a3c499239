import { type ForecastModel, lastValueModel, type ModelName, networkModel, ridgeModel } from './model.js';
import { readModels, type TrainedModels } from './model-file.js';
import file from './population.json';

/**
 * The models that ship, trained by `npm run train-forecast` on many people: see `docs/models/forecast.md` for the data, the
 * scores and what they must not be used for.
 */
export const POPULATION: TrainedModels & { readonly version: string } = {
  ...readModels(file as Parameters<typeof readModels>[0]),
  version: file.version,
};

const MODELS: Readonly<Record<ModelName, ForecastModel>> = {
  'last-value': lastValueModel(POPULATION.lastValueSpreads),
  ridge: ridgeModel(POPULATION.ridge),
  network: networkModel(POPULATION.members),
};

/** A model that ships, by its name. */
export const populationModel = (name: ModelName): ForecastModel => MODELS[name];
