import * as z from 'zod';
import { benjaminiHochberg, benjaminiYekutieli } from '../domain/statistics/false-discovery.js';
import { fisherInterval, pearson } from '../domain/statistics/pearson.js';
import { kendallTauB, type RankCorrelation, spearman } from '../domain/statistics/rank-correlation.js';
import { correlationP, tTwoSidedP } from '../domain/statistics/student-t.js';
import { mannWhitney, type TwoSampleTest, welch } from '../domain/statistics/two-samples.js';
import { type Command, fileArgument, readArguments } from './command.js';
import { readGoldenFile, writtenNumber } from './golden-file.js';

const NUMBERS = z.array(z.number());
const isPaired = ({ x, y }: { x: number[]; y: number[] }) => x.length === y.length && x.length > 2;
const PAIRED = z
  .object({ x: NUMBERS, y: NUMBERS, x_ties: NUMBERS.optional(), y_ties: NUMBERS.optional() })
  .refine(isPaired, 'x and y have the same number of values, three or more');

const FILE = z.object({
  correlations: z.array(PAIRED).default([]),
  fdr: z.object({ p: z.array(z.number().min(0).max(1)) }).optional(),
  /** Rows of degrees of freedom and t; what stands behind them is not read. */
  student_t_two_sided_p: z.array(z.tuple([z.number().gt(0), z.number()]).rest(z.number())).default([]),
});

/** Correlations and tests of pairs of lists, adjusted p-values and tails of Student's t, as the reference file writes them. */
export const correlationsCommand: Command = {
  usage: 'FILE',
  summary: 'correlations and two-sample tests of a JSON file {correlations: [{x, y}], fdr: {p}}',
  async run(args, context) {
    const { positionals } = readArguments(args, ['FILE']);
    const file = await readGoldenFile(fileArgument(context, positionals[0] ?? ''), FILE);
    return {
      correlations: file.correlations.map(compare),
      ...(file.fdr ? { fdr: { bh: [...benjaminiHochberg(file.fdr.p)], by: [...benjaminiYekutieli(file.fdr.p)] } } : {}),
      student_t_two_sided_p: file.student_t_two_sided_p.map(([freedom, t]) => [freedom, t, tTwoSidedP(t, freedom)]),
    };
  },
};

function compare({ x, y, x_ties, y_ties }: z.output<typeof PAIRED>) {
  const { correlation, samples } = pearson(x, y);
  const interval = fisherInterval(correlation, samples);
  const areTied = x_ties !== undefined && y_ties !== undefined && x_ties.length === y_ties.length;
  return {
    n: samples,
    pearson: [correlation, correlationP(correlation, samples - 2)].map(writtenNumber),
    pearson_ci95: interval && [interval.low, interval.high].map(writtenNumber),
    spearman: written(spearman(x, y)),
    kendall_tau_b: written(kendallTauB(x, y)),
    ...(areTied
      ? { spearman_ties: written(spearman(x_ties, y_ties)), kendall_ties: written(kendallTauB(x_ties, y_ties)) }
      : {}),
    mannwhitney_asymptotic_cc: told(mannWhitney(x, y)),
    welch_t: told(welch(x, y)),
  };
}

const written = ({ correlation, p }: RankCorrelation) => [correlation, p].map(writtenNumber);
const told = (test: TwoSampleTest | null) => test && [test.statistic, test.p];
