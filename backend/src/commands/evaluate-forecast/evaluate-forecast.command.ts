import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { type Command, fileArgument, readArguments, UsageError } from '../command.js';
import { type Fitted, fitSplit, POPULATION_SETS, POPULATION_SPLIT, shippedFor } from './fit-split.js';
import { type GlucoBenchSet, protocolWindows, readGlucoBench } from './glucobench-set.js';
import { lowAlarmRows, PARTS } from './low-alarm-rows.js';
import { PREDICTION_COLUMNS, predictionLines } from './prediction-file.js';
import { type Scored, scoreWindows } from './protocol-scores.js';
import { scoreRow } from './score-row.js';

/** Fits forecasts to a set of GlucoBench by its protocol, writes the prediction file and prints the scores. */
export const evaluateForecastCommand: Command = {
  usage: 'DIR --out FILE [--seeds 1,2] [--pretrained-only]',
  summary: 'forecasts of a set (series.csv.gz, splits.json) by the protocol of GlucoBench: predictions to FILE, scores',
  async run(args, context) {
    const { positionals, options, flags } = readArguments(args, ['DIR'], ['seeds', 'out'], ['pretrained-only']);
    if (!options['out']) throw new UsageError('--out says where the predictions go');
    const set = readGlucoBench(fileArgument(context, positionals[0] ?? ''));
    if (!set) throw new UsageError(`there is no folder ${positionals[0]}`);
    const seeds = (options['seeds'] ?? '1,2').split(',');
    const unknown = seeds.filter((seed) => !set.splits[seed]);
    if (unknown.length > 0) throw new UsageError(`splits.json has no split ${unknown.join(', ')}`);
    const models = flags.has('pretrained-only') ? shippedFor : fitSplit;
    const fitted = new Map(seeds.map((seed) => [seed, models(set, seed)]));
    const predictions = await writePredictions(set, fitted, fileArgument(context, options['out']));
    return {
      set: set.name,
      seeds,
      ...(flags.has('pretrained-only') ? { weights: shippedWeightsOf(set) } : {}),
      predictions,
      scores: scoresOf(set, fitted),
      lowAlarms: lowAlarmRows(set, new Map([...fitted].map(([seed, all]) => [seed, judged(all)]))),
    };
  },
};

/** The one whose predictions are written: the largest. */
const judged = (fitted: readonly Fitted[]): Fitted => fitted.at(-1)!;

function shippedWeightsOf({ name }: GlucoBenchSet): string {
  if (!POPULATION_SETS.includes(name)) return 'the shipped weights saw nothing of this set';
  return `the shipped weights saw the training part of split ${POPULATION_SPLIT} of this set: of other splits they may have seen test windows`;
}

async function writePredictions(
  set: GlucoBenchSet,
  fitted: ReadonlyMap<string, readonly Fitted[]>,
  file: string,
): Promise<number> {
  const out = createWriteStream(file);
  out.write(`${PREDICTION_COLUMNS}\n`);
  let count = 0;
  for (const [seed, all] of fitted) {
    const { model, calibration } = judged(all);
    for (const [, split] of PARTS) {
      const windows = protocolWindows(set, set.splits[seed]![split]);
      for (const [i, { forecast }] of scoreWindows(set, windows, model, calibration).entries()) {
        out.write(predictionLines(set, seed, split, windows[i]!, forecast));
      }
      count += windows.length;
    }
  }
  out.end();
  await finished(out);
  return count;
}

function scoresOf(set: GlucoBenchSet, fitted: ReadonlyMap<string, readonly Fitted[]>) {
  const labels = [...fitted.values()][0]?.map(({ label }) => label) ?? [];
  return PARTS.flatMap(([part, key]) =>
    labels.map((label) => {
      const ofSplits = [...fitted].map(([seed, all]): Scored[] => {
        const { model, calibration } = all.find((one) => one.label === label)!;
        return scoreWindows(set, protocolWindows(set, set.splits[seed]![key]), model, calibration);
      });
      return scoreRow(`${set.name} ${part}`, label, ofSplits);
    }),
  );
}
