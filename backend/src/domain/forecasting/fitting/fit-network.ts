import { Random } from '../../simulator/random.js';
import { QUANTILES, STEPS } from '../horizons.js';
import { INPUTS } from '../inputs.js';
import { type NetworkShape, parameterLayout, type QuantileNetwork } from '../network.js';
import { adamState, adamStep } from './adam.js';
import { BatchPass } from './batch-pass.js';
import {
  BatchDrawer,
  type Hardships,
  historyOf,
  minuteOf,
  type Scales,
  scalesOf,
  type TrainingSource,
  writeWindow,
} from './batches.js';
import { pinballOfBatch } from './pinball.js';
import type { WindowSet } from './window-set.js';

export interface FitSettings {
  readonly shape: Omit<NetworkShape, 'inputs'>;
  readonly seed: number;
  readonly batch: number;
  readonly steps: number;
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly hardships: Hardships;
  /** Steps between two looks at the validation windows. */
  readonly lookEvery: number;
  /** Looks without a better one after which nothing more is expected. */
  readonly patience: number;
}

/** One look: mean scaled pinball loss, of the batches since the last look and of each validation set. */
export interface Look {
  readonly step: number;
  readonly training: number;
  readonly validation: readonly number[];
}

export interface Fit {
  readonly network: QuantileNetwork;
  /** Of the look that the network was taken from. */
  readonly best: Look;
  readonly looks: readonly Look[];
}

/** Share of the running mean of the weights that a step leaves in place. */
const AVERAGE_DECAY = 0.995;
const WARM_UP_STEPS = 100;

/**
 * Fits a network to the quantiles of what came (pinball loss, Adam, a rate that falls along a cosine). Judged and kept is
 * the running mean of its weights (Polyak and Juditsky 1992, 10.1137/0330046), at the look where the validation loss was
 * least. The same sources and settings give the same bits.
 * @param validation each set counts alike
 */
export function fitNetwork(
  sources: readonly TrainingSource[],
  validation: readonly WindowSet[],
  settings: FitSettings,
  onLook: (look: Look) => void = () => {},
): Fit {
  const shape: NetworkShape = { inputs: INPUTS, ...settings.shape };
  const scales = scalesOf(sources);
  const parameters = initialParameters(shape, Random.seeded(settings.seed, 1));
  const average = parameters.slice();
  const drawer = new BatchDrawer(sources, scales, settings.hardships, Random.seeded(settings.seed, 2));
  const pass = new BatchPass(shape, settings.batch);
  const values = new Float32Array(settings.batch * STEPS);
  const adam = adamState(parameters.length);
  const looks: Look[] = [];
  let best: { look: Look; parameters: Float32Array } | null = null;
  let since = 0;
  let losses = 0;
  for (let step = 1; step <= settings.steps; step++) {
    drawer.fill(pass.inputs, values);
    pass.forward(parameters);
    losses += pinballOfBatch(pass.outputs, values, pass.outputSlopes);
    pass.backward(parameters);
    adamStep(parameters, pass.slopes, adam, rateAt(step, settings), settings.weightDecay);
    const decay = Math.min(AVERAGE_DECAY, step / (step + 10));
    for (let i = 0; i < average.length; i++) average[i] = decay * average[i]! + (1 - decay) * parameters[i]!;
    if (step % settings.lookEvery !== 0 && step !== settings.steps) continue;
    const look: Look = {
      step,
      training: losses / (step - (looks.at(-1)?.step ?? 0)),
      validation: validation.map((set) => lossOf(set, average, scales, pass, values)),
    };
    losses = 0;
    looks.push(look);
    onLook(look);
    if (best === null || total(look) < total(best.look)) {
      best = { look, parameters: average.slice() };
      since = 0;
    } else if (++since >= settings.patience) break;
  }
  if (best === null) throw new RangeError('no step was taken');
  const network = { shape, inputScales: scales.inputs, outputScales: scales.outputs, parameters: best.parameters };
  return { network, best: best.look, looks };
}

const total = ({ validation }: Look): number => validation.reduce((sum, loss) => sum + loss, 0);

function rateAt(step: number, { learningRate, steps }: FitSettings): number {
  const warm = Math.min(1, step / WARM_UP_STEPS);
  return learningRate * warm * (0.01 + 0.99 * 0.5 * (1 + Math.cos((Math.PI * step) / steps)));
}

/** Normal weights of variance 1 / inputs (2 / inputs where half of what comes is cut off), no bias; the way round small. */
function initialParameters(shape: NetworkShape, random: Random): Float32Array {
  const layout = parameterLayout(shape);
  const parameters = new Float32Array(layout.size);
  const fill = (from: number, rows: number, columns: number, gain: number): void => {
    const sd = Math.sqrt(gain / columns);
    for (let i = 0; i < rows * columns; i++) parameters[from + i] = random.normal(0, sd);
  };
  const { inputs, hidden, rank } = shape;
  fill(layout.first, hidden, inputs, 1);
  fill(layout.second, hidden, hidden, 2);
  fill(layout.narrow, rank, hidden, 1);
  fill(layout.skip, rank, inputs, 0.1);
  fill(layout.mix, QUANTILES, rank, 0.3);
  return parameters;
}

/** Mean scaled pinball loss of all windows of a set. */
function lossOf(
  set: WindowSet,
  parameters: Float32Array,
  scales: Scales,
  pass: BatchPass,
  values: Float32Array,
): number {
  let loss = 0;
  let weight = 0;
  for (let from = 0; from < set.count; from += pass.batch) {
    const rows = Math.min(pass.batch, set.count - from);
    values.fill(Number.NaN);
    for (let row = 0; row < rows; row++) {
      const window = from + row;
      writeWindow(set, window, historyOf(set, window), minuteOf(set, window), scales, {
        inputs: pass.inputs,
        values,
        row,
      });
    }
    pass.forward(parameters);
    const known = values.reduce((count, value) => count + Number(value === value), 0);
    loss += known * pinballOfBatch(pass.outputs, values, null);
    weight += known;
  }
  return weight === 0 ? 0 : loss / weight;
}
