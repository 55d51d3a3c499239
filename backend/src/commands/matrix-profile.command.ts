import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { type Command, fileArgument, readArguments } from './command.js';
import { ParametersFile } from './matrix-profile/parameters-file.js';
import { resultsOf } from './matrix-profile/results.js';

/** The file says what to compute (`kind`, window `m`, series, …); what is not finite is the word for it. */
export const matrixProfileCommand: Command = {
  usage: 'FILE',
  summary: 'matrix profile, joins, search, matches, motifs or stream of the series in a JSON file, as the file says',
  async run(args, context) {
    const { positionals } = readArguments(args, ['FILE']);
    const text = await readFile(fileArgument(context, positionals[0] ?? ''), 'utf8');
    const file = ParametersFile.safeParse(JSON.parse(text));
    if (!file.success) throw new Error(z.prettifyError(file.error));
    return resultsOf(file.data);
  },
};
