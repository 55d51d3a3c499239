import * as z from 'zod';
import { associationRules } from '../domain/causality/association-rules.js';
import { frequentItemsets, type Itemset, maximalItemsets } from '../domain/causality/frequent-itemsets.js';
import { RULE_METRICS } from '../domain/causality/rule-metrics.js';
import { type Command, fileArgument, readArguments } from './command.js';
import { readGoldenFile, writtenNumber } from './golden-file.js';

const FILE = z.object({
  /** Each a list of items that occurred together. */
  transactions: z.array(z.array(z.string())),
  min_support: z.number().gt(0).max(1),
  metric: z.enum(RULE_METRICS).default('confidence'),
  min_threshold: z.number().default(0.8),
});

/** Itemsets and rules as the reference files write them. */
export const rulesCommand: Command = {
  usage: 'FILE',
  summary: 'association rules of a JSON file {transactions, min_support, metric, min_threshold}',
  async run(args, context) {
    const { positionals } = readArguments(args, ['FILE']);
    const file = await readGoldenFile(fileArgument(context, positionals[0] ?? ''), FILE);
    if (file.transactions.length === 0) return { status: 'too-little-data', missing: ['no transaction was given'] };
    const frequent = frequentItemsets(file.transactions, file.min_support);
    const itemsOf = ({ places }: Itemset) => places.map((place) => frequent.items[place]);
    const rules = associationRules(frequent, { metric: file.metric, minThreshold: file.min_threshold });
    return {
      frequent_itemsets: frequent.itemsets.map((itemset) => ({
        items: itemsOf(itemset),
        support: itemset.count / frequent.transactions,
      })),
      maximal_itemsets: maximalItemsets(frequent).map(itemsOf),
      rules: rules.map(({ antecedents, consequents, ...metrics }) => ({
        antecedents,
        consequents,
        ...Object.fromEntries(RULE_METRICS.map((metric) => [metric, writtenNumber(metrics[metric])])),
      })),
    };
  },
};
