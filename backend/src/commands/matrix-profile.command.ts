import { type Command, fileArgument, readArguments } from './command.js';
import { readGoldenFile } from './golden-file.js';
import { ParametersFile } from './matrix-profile/parameters-file.js';
import { resultsOf } from './matrix-profile/results.js';

/** The file says what to compute (`kind`, window `m`, series, …); what is not finite is the word for it. */
export const matrixProfileCommand: Command = {
  usage: 'FILE',
  summary: 'matrix profile, joins, search, matches, motifs or stream of the series in a JSON file, as the file says',
  async run(args, context) {
    const { positionals } = readArguments(args, ['FILE']);
    return resultsOf(await readGoldenFile(fileArgument(context, positionals[0] ?? ''), ParametersFile));
  },
};
