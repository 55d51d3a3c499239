import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { glucoseReport, type GlucoseMetrics } from '../../src/domain/glycemia/report.js';
import { parsePlainSeries, type PlainSeries } from '../../src/domain/glycemia/plain-format.js';

type Row = Record<string, number | string | null>;
interface Golden {
  meta: { tz: string; input: string };
  results: Record<string, { value: Row[] }>;
}

/** Our metric, the table of iglu and its column, where the definitions agree. */
const AGREEING: ReadonlyArray<readonly [keyof GlucoseMetrics, string, string]> = [
  ['mean', 'mean_glu', 'mean'],
  ['median', 'median_glu', 'median'],
  ['sd', 'sd_glu', 'SD'],
  ['cv', 'cv_glu', 'CV'],
  ['iqr', 'iqr_glu', 'IQR'],
  ['mad', 'mad_glu', 'MAD'],
  ['ea1c', 'ea1c', 'eA1C'],
  ['gri', 'gri', 'GRI'],
  ['cogi', 'cogi', 'COGI'],
  ['timeBelow54', 'below_percent', 'below_54'],
  ['timeBelow70', 'below_percent', 'below_70'],
  ['timeInRange', 'in_range_percent', 'in_range_70_180'],
  ['timeInTightRange', 'in_range_percent', 'in_range_70_140'],
  ['timeAbove180', 'above_percent', 'above_180'],
  ['timeAbove250', 'above_percent', 'above_250'],
  ['adrr', 'adrr', 'ADRR'],
  ['lbgi', 'lbgi', 'LBGI'],
  ['hbgi', 'hbgi', 'HBGI'],
  ['hypoIndex', 'hypo_index', 'hypo_index'],
  ['hyperIndex', 'hyper_index', 'hyper_index'],
  ['igc', 'igc', 'IGC'],
  ['grade', 'grade', 'GRADE'],
  ['gradeHypo', 'grade_hypo_70', 'GRADE_hypo'],
  ['gradeEu', 'grade_eugly', 'GRADE_eugly'],
  ['gradeHyper', 'grade_hyper', 'GRADE_hyper'],
  ['jIndex', 'j_index', 'J_index'],
  ['mValue', 'm_value_90', 'M_value'],
  ['mage', 'mage_avg', 'MAGE'],
  ['magePlus', 'mage_plus', 'MAGE'],
  ['mageMinus', 'mage_minus', 'MAGE'],
  ['modd', 'modd', 'MODD'],
  ['conga1', 'conga_1', 'CONGA'],
  ['conga24', 'conga_24', 'CONGA'],
  ['mag', 'mag', 'MAG'],
  ['gvp', 'gvp', 'GVP'],
  ['sdRoc', 'sd_roc', 'sd_roc'],
  ['cvMean', 'cv_measures', 'CVmean'],
];

function load(folder: string, name: string): { golden: Golden; people: readonly PlainSeries[] } {
  const golden = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Golden;
  const text = readFileSync(join(folder, golden.meta.input), 'utf8');
  return { golden, people: parsePlainSeries(text, golden.meta.tz).series };
}

function metricsOf({ series }: PlainSeries, zone: string): GlucoseMetrics {
  const from = series.instants[0] ?? 0;
  const to = (series.instants.at(-1) ?? 0) + 300;
  return glucoseReport(series, { history: [{ from: 0, zone }], preset: 'adult', from, to, now: to }).metrics;
}

const valueOf = (golden: Golden, table: string, id: string, column: string): number =>
  Number(golden.results[table]?.value.find((row) => row['id'] === id)?.[column] ?? Number.NaN);

function disagreements(metrics: GlucoseMetrics, golden: Golden, id: string): string[] {
  return AGREEING.flatMap(([name, table, column]) => {
    const wanted = valueOf(golden, table, id, column);
    const value = metrics[name] ?? Number.NaN;
    if (typeof value !== 'number' || (Number.isNaN(value) && Number.isNaN(wanted))) return [];
    return Math.abs(value - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted)) ? [] : [`${name}: ${value}, not ${wanted}`];
  });
}

const committed = join(__dirname, 'metrics');
// Whole mg/dL, each instant once: what our series can hold as it is.
const WHOLE = [
  'edge_12_readings',
  'edge_3min_step',
  'edge_dst_spring_NewYork',
  'edge_episodes',
  'edge_regular_3d_15min',
];

it.each(WHOLE)('our report agrees with iglu wherever the definitions do: %s', (name) => {
  const { golden, people } = load(committed, name);
  for (const person of people) {
    expect(person.rounded).toBe(0);
    expect(disagreements(metricsOf(person, golden.meta.tz), golden, person.id)).toEqual([]);
  }
});

describe('our report does not repeat the known defects of iglu', () => {
  const { golden, people } = load(committed, 'edge_dst_spring_NewYork');
  const [person] = people;
  if (!person) throw new Error('the series is empty');
  const metrics = metricsOf(person, golden.meta.tz);
  const iglu = (table: string, column: string): number => valueOf(golden, table, person.id, column);

  it('takes the area under the curve within each day, not across interleaved ones', () => {
    expect(Math.abs((metrics.auc ?? 0) - iglu('auc', 'hourly_auc'))).toBeGreaterThan(1e-3);
  });

  it('splits GRADE where the paper does, so that the shares add up to 100', () => {
    const low = load(committed, 'edge_3min_step');
    const [subject] = low.people;
    if (!subject) throw new Error('the series is empty');
    const { gradeHypo, gradeEu, gradeHyper } = metricsOf(subject, 'UTC');
    const defect = valueOf(low.golden, 'grade_hypo', subject.id, 'GRADE_hypo');
    expect((gradeHypo ?? 0) + (gradeEu ?? 0) + (gradeHyper ?? 0)).toBeCloseTo(100, 9);
    expect(Math.abs((gradeHypo ?? 0) - defect)).toBeGreaterThan(1);
  });

  it('measures MAG at the grid step, not from hourly samples over a wrong count', () => {
    expect(Math.abs((metrics.mag ?? 0) - iglu('all_metrics', 'MAG'))).toBeGreaterThan(1e-3);
  });

  it('measures the sampling interval of each person on that person', () => {
    const slow = load(committed, 'edge_regular_3d_15min').people[0];
    if (!slow) throw new Error('the series is empty');
    const from = slow.series.instants[0] ?? 0;
    const to = from + 3 * 86_400;
    const period = { history: [{ from: 0, zone: 'UTC' }], preset: 'adult', from, to, now: to } as const;
    expect(glucoseReport(slow.series, period).coverage.activePercent).toBe(100);
  });
});

const reference = join(resolve(__dirname, '../../..', process.env['REFERENCE_DATA'] ?? '../shared'), 'golden/metrics');
const isPresent = existsSync(reference);
if (!isPresent) console.log(`our report was not compared with the five iglu subjects: ${reference} is absent`);
const whenPresent = isPresent ? it : it.skip;

/** Mean of the daily hourly areas as documented, computed independently. */
const DOCUMENTED_AUC = [124.616, 221.142, 155.527, 132.019, 171.595];

whenPresent(`our report agrees with iglu on its five subjects (${reference})`, compareFiveSubjects);

function compareFiveSubjects(): void {
  const { golden, people } = load(reference, 'iglu_example_5_subject_EST');
  expect(people).toHaveLength(5);
  people.forEach((person, i) => {
    const metrics = metricsOf(person, golden.meta.tz);
    // One subject of this example repeats instants, which iglu counts twice; ours are counted once.
    if (person.repeated === 0) expect(disagreements(metrics, golden, person.id)).toEqual([]);
    expect(metrics.auc).toBeCloseTo(DOCUMENTED_AUC[i] ?? Number.NaN, 3);
  });
}
