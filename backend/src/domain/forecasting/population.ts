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
