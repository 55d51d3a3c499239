import type { FitSettings } from './fit-network.js';

/**
 * How a network is fitted to one set of people. Sets of some 50,000 windows are learned by heart after a thousand steps, so
 * the rate has come down by then.
 */
export const OWN_SET_FIT: Omit<FitSettings, 'seed'> = {
  shape: { hidden: 128, rank: 40 },
  batch: 256,
  steps: 1_200,
  learningRate: 1e-3,
  weightDecay: 0.05,
  hardships: { shortHistory: 0, gap: 0, noClock: 0.2 },
  lookEvery: 150,
  patience: 4,
};

/** How the models that ship are fitted: more people, longer, and with what a sensor's life has of gaps and fresh starts. */
export const POPULATION_FIT: Omit<FitSettings, 'seed'> = {
  ...OWN_SET_FIT,
  steps: 3_600,
  weightDecay: 0.02,
  hardships: { shortHistory: 0.25, gap: 0.1, noClock: 0.3 },
  lookEvery: 300,
};
