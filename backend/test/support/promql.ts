import { parser } from '@prometheus-io/lezer-promql';

export interface Selection {
  readonly metric: string;
  /** The labels it is matched by, with the text they are compared with. */
  readonly matchers: readonly (readonly [label: string, value: string])[];
  /** The labels by which the expression that it stands in groups. */
  readonly grouping: readonly string[];
}

/** The metrics that an expression asks for, by Prometheus's own grammar. Throws where it is no PromQL. */
export function selectionsOf(expression: string): Selection[] {
  const selections: { metric: string; matchers: [string, string][]; grouping: string[] }[] = [];
  const grouping: string[] = [];
  parser.parse(expression).iterate({
    enter({ name, type, node, from, to }) {
      if (type.isError) throw new Error(`no PromQL at ${from}: ${expression}`);
      const text = expression.slice(from, to);
      const selection = selections.at(-1);
      if (name === 'VectorSelector') selections.push({ metric: '', matchers: [], grouping });
      else if (name === 'Identifier' && selection) selection.metric = text;
      else if (name === 'LabelName' && node.parent?.name === 'GroupingLabels') grouping.push(text);
      else if (name === 'LabelName') selection?.matchers.push([text, '']);
      else if (name === 'StringLiteral') selection?.matchers.at(-1)?.splice(1, 1, text.slice(1, -1));
    },
  });
  return selections;
}
