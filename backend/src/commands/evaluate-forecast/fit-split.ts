import type { Calibration } from '../../domain/forecasting/conformal.js';
import { fitNetwork } from '../../domain/forecasting/fitting/fit-network.js';
import { fitRidge, lastValueSpreads } from '../../domain/forecasting/fitting/fit-ridge.js';
import { OWN_SET_FIT } from '../../domain/forecasting/fitting/usual-fit.js';
import { type ForecastModel, lastValueModel, networkModel, ridgeModel } from '../../domain/forecasting/model.js';
import { POPULATION } from '../../domain/forecasting/population.js';
import { type GlucoBenchSet, type Range, TRAINING_HISTORY, windowsOfRanges } from './glucobench-set.js';
import { calibrationOn } from './protocol-scores.js';

const MEMBER_SEEDS = [10, 11, 12] as const;
/** Of GlucoBench's splits, the one whose training part the shipped models learn from. */
export const POPULATION_SPLIT = '1';
/** Sets of which the shipped weights saw people. */
export const POPULATION_SETS: readonly string[] = ['hall', 'colas'];
/** More windows of a set than this teach a network of this size nothing new, and fill the memory. */
const MOST_WINDOWS = 150_000;

export interface Fitted {
  readonly label: 'last value' | 'ridge' | 'network' | 'shipped network';
  readonly model: ForecastModel;
  readonly calibration: Calibration | null;
}

/** Models fitted to the training part of a split alone, from no weights that saw the set, and calibrated on its validation part. */
export function fitSplit(set: GlucoBenchSet, seed: string): Fitted[] {
  const { train, val } = set.splits[seed]!;
  const stride = strideFor(train);
  const sources = [{ windows: windowsOfRanges(set, train, { leastHistory: TRAINING_HISTORY, stride }), share: 1 }];
  const validation = windowsOfRanges(set, val);
  const looks = windowsOfRanges(set, val, { stride: 2 });
  const fit = (member: number) => fitNetwork(sources, [looks], { ...OWN_SET_FIT, seed: member }).network;
  const [first, ...others] = MEMBER_SEEDS.map(fit);
  return calibratedOn(set, val, [
    { label: 'last value', model: lastValueModel(lastValueSpreads([validation])) },
    { label: 'ridge', model: ridgeModel(fitRidge(sources, [validation])) },
    { label: 'network', model: networkModel([first!, ...others]) },
  ]);
}

/** The models that ship, calibrated on the validation part of a split. */
export const shippedFor = (set: GlucoBenchSet, seed: string): Fitted[] =>
  calibratedOn(set, set.splits[seed]!.val, [{ label: 'shipped network', model: networkModel(POPULATION.members) }]);

function calibratedOn(
  set: GlucoBenchSet,
  val: readonly Range[],
  models: readonly Pick<Fitted, 'label' | 'model'>[],
): Fitted[] {
  // A validation part has one range of a person.
  const people = val.map((range) => windowsOfRanges(set, [range]));
  return models.map(({ label, model }) => ({ label, model, calibration: calibrationOn(people, model) }));
}

function strideFor(ranges: readonly Range[]): number {
  const origins = ranges.reduce((sum, [, start, end]) => sum + Math.max(0, end - start - TRAINING_HISTORY), 0);
  return Math.max(1, Math.ceil(origins / MOST_WINDOWS));
}
