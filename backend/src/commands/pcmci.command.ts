import * as z from 'zod';
import { fromRows } from '../domain/causality/observations.js';
import { type CausalLinks, pcmci, type PcmciOptions, type TooLittle } from '../domain/causality/pcmci.js';
import { pcmciPlus } from '../domain/causality/pcmci-plus.js';
import { type Command, fileArgument, readArguments } from './command.js';
import { readGoldenFile, writtenNumber } from './golden-file.js';

const share = z.number().gt(0).lt(1);
const lag = z.int().min(0).max(500);
const most = z.int().min(0);
/** A limit, a list to choose from by score, or `null` (in some files a sentence that names the list) for the usual list. */
const pcAlpha = z.union([
  share,
  z.array(share).min(1),
  z.null(),
  z
    .string()
    .startsWith('None')
    .transform(() => null),
]);

const FILE = z.object({
  params: z.object({
    method: z.enum(['pcmci', 'pcmciplus']).default('pcmci'),
    tau_min: lag.default(1),
    tau_max: lag,
    pc_alpha: pcAlpha.default(0.05),
    alpha_level: share.default(0.05),
    fdr_method: z.enum(['none', 'fdr_bh']).default('none'),
    max_conds_dim: most.nullish(),
    max_conds_px: most.nullish(),
    max_conds_py: most.nullish(),
  }),
  /** One row per step, oldest first. */
  data: z.array(z.array(z.union([z.number(), z.null(), z.literal('NaN')]))),
});

/** Links as the reference files write them: `val_matrix[i][j][tau]` belongs to i, tau steps before j. */
export const pcmciCommand: Command = {
  usage: 'FILE',
  summary: 'PCMCI or PCMCI+ on a JSON file {params, data}: which series precedes which, given all others',
  async run(args, context) {
    const { positionals } = readArguments(args, ['FILE']);
    const { params, data } = await readGoldenFile(fileArgument(context, positionals[0] ?? ''), FILE);
    const rows = data.map((row) => row.map((value) => (typeof value === 'number' ? value : null)));
    return written(params.method === 'pcmciplus' ? plus(rows, params) : plain(rows, params));
  },
};

type Rows = ReadonlyArray<ReadonlyArray<number | null>>;
type Params = z.output<typeof FILE>['params'];

function plain(rows: Rows, params: Params) {
  const options: PcmciOptions = {
    minLag: params.tau_min,
    maxLag: params.tau_max,
    pcAlpha: params.pc_alpha,
    alphaLevel: params.alpha_level,
    fdr: params.fdr_method === 'fdr_bh' ? 'benjamini-hochberg' : 'none',
    ...(typeof params.max_conds_dim === 'number' && { maxConditions: params.max_conds_dim }),
    ...(typeof params.max_conds_px === 'number' && { maxSourceConditions: params.max_conds_px }),
    ...(typeof params.max_conds_py === 'number' && { maxTargetConditions: params.max_conds_py }),
  };
  return pcmci(fromRows(rows), options);
}

function plus(rows: Rows, params: Params) {
  const { pc_alpha, tau_max, fdr_method } = params;
  if (typeof pc_alpha !== 'number') throw new Error('pcmciplus takes one pc_alpha, not a list');
  if (fdr_method !== 'none') throw new Error('pcmciplus knows fdr_method none alone');
  return pcmciPlus(fromRows(rows), { maxLag: tau_max, pcAlpha: pc_alpha });
}

function written(result: CausalLinks | TooLittle): unknown {
  if (result.status !== 'done') return result;
  const numbers = (nested: number[][][]) => nested.map((targets) => targets.map((lags) => lags.map(writtenNumber)));
  return {
    val_matrix: numbers(result.value.nested()),
    p_matrix: numbers(result.p.nested()),
    graph: result.graph,
    parents: Object.fromEntries(
      result.parents.map((parents, target) => [target, parents.map((parent) => [parent.source, -parent.lag])]),
    ),
    unusable: result.unusable,
  };
}
