import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { INSTRUMENTS } from '../../../src/common/metrics/instruments.js';
import { type BackendProcess, startBackend } from '../../support/backend-process.js';
import { selectionsOf } from '../../support/promql.js';

jest.setTimeout(180_000);

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string };
}
interface Dashboard {
  readonly panels: readonly { readonly title: string; readonly targets: readonly { readonly expr: string }[] }[];
}

const ROOT = join(__dirname, '../../../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const alerts = (parse(read('infra/monitoring/alerts.yaml')) as { groups: { rules: Rule[] }[] }).groups.flatMap(
  ({ rules }) => rules,
);
const dashboard = JSON.parse(read('infra/monitoring/dashboard.json')) as Dashboard;
const documentation = read('docs/monitoring.md');

/** Metrics of others that a rule may ask for, with their labels: kube-state-metrics. */
const FOREIGN: Record<string, readonly string[]> = {
  kube_cronjob_status_last_successful_time: ['cronjob', 'namespace'],
};
/** What Prometheus adds to every series by itself. */
const ADDED = ['job', 'instance', 'le'];
const instruments: Record<string, { labels: Readonly<Record<string, readonly string[] | 'open'>> }> = INSTRUMENTS;

let backend: BackendProcess;
let exported: ReadonlySet<string>;

beforeAll(async () => {
  backend = await startBackend({
    DATABASE_URL: process.env['DATABASE_URL'] ?? '',
    QUEUE_SCHEMA: `queue_${randomUUID().slice(0, 8)}`,
    PROCESS_ROLE: 'all',
  });
  const types = (await (await fetch(backend.metrics)).text()).matchAll(/^# TYPE (\S+) (\S+)$/gm);
  const names = Array.from(types, ([, name = '', type]) =>
    type === 'histogram' ? ['_bucket', '_sum', '_count'].map((suffix) => name + suffix) : [name],
  );
  exported = new Set(['up', ...names.flat()]);
});
afterAll(() => backend.stop());

const expressions = [
  ...alerts.map(({ alert, expr }) => ({ where: alert, expr })),
  ...dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ where: title, expr }))),
];

it.each(expressions)('$where asks for metrics and labels that a process exports', ({ expr }) => {
  const selections = selectionsOf(expr);
  expect(selections).not.toEqual([]);
  for (const { metric, matchers, grouping } of selections) {
    expect([...exported, ...Object.keys(FOREIGN)]).toContain(metric);
    const labels = instruments[metric.replace(/_(bucket|sum|count)$/, '')]?.labels;
    const known = [...Object.keys(labels ?? {}), ...(FOREIGN[metric] ?? []), ...ADDED];
    for (const label of [...grouping, ...matchers.map(([name]) => name)]) expect(known).toContain(label);
    for (const [label, value] of matchers) {
      const values = labels?.[label];
      if (values && values !== 'open') for (const one of value.split('|')) expect(values).toContain(one);
    }
  }
});

it('every alert says how grave it is and what happened, and is explained to who gets it', () => {
  for (const { alert, labels, annotations } of alerts) {
    expect(['critical', 'warning']).toContain(labels.severity);
    expect(annotations.summary.length).toBeGreaterThan(20);
    expect(documentation).toContain(`\`${alert}\``);
  }
});

it('the documentation lists every metric as it is', () => {
  const rows = Object.entries(INSTRUMENTS).map(([name, { type, help, labels }]) => {
    const told = Object.keys(labels).map((label) => `\`${label}\``);
    return [`\`${name}\``, type, told.join(', '), help];
  });
  const table = documentation
    .split('\n')
    .filter((line) => /^\| `\w+` /.test(line) && /\| (counter|gauge|histogram) /.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  expect(table).toEqual(rows);
});
