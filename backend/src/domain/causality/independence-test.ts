import { correlationP } from '../statistics/student-t.js';
import { laggedCorrelations } from './lagged-correlations.js';
import type { LaggedVariable, LagSpace } from './lagged-variables.js';
import { hasMissing, type Observations, stepsOf } from './observations.js';
import { PartialCorrelation } from './partial-correlation.js';
import { PresentCorrelations } from './present-correlations.js';

/** What a test of independence found. */
export interface TestResult {
  /** Partial correlation, -1..1; 0 where there is nothing to correlate. */
  readonly value: number;
  /** Two-sided; 1 where there is nothing to correlate or no degree of freedom is left. */
  readonly p: number;
  /** Steps of time that hold every variable of the test. */
  readonly samples: number;
}

/** Linear dependence of x (some steps ago) and y given further lagged variables. */
export interface IndependenceTest {
  test(x: LaggedVariable, y: LaggedVariable, conditions: readonly LaggedVariable[]): TestResult;
  /** The share (0..1) of the variance of y that a linear model of the others leaves, and on how many steps. */
  unexplained(y: LaggedVariable, by: readonly LaggedVariable[]): { readonly share: number; readonly samples: number };
}

const UNTESTABLE = { value: 0, p: 1 } as const;

/**
 * Partial correlation with the t-test of its residuals, df = n - 2 - number of conditions (Runge et al. 2019,
 * 10.1126/sciadv.aau4996, "ParCorr"). Every test stands on the steps `t = 2 maxLag .. T - 1`; with missing values, on those
 * of them that hold all of its own variables at their lags.
 */
export const partialCorrelationTest = (data: Observations, space: LagSpace): IndependenceTest =>
  hasMissing(data) ? new TestOverPresent(data, space) : new TestOverAll(data, space);

function judge(value: number | null, samples: number, conditions: number): TestResult {
  const degreesOfFreedom = samples - 2 - conditions;
  if (value === null || degreesOfFreedom < 1) return { ...UNTESTABLE, samples };
  return { value, p: correlationP(value, degreesOfFreedom), samples };
}

/** Without missing values one matrix of correlations holds every test. */
class TestOverAll implements IndependenceTest {
  private readonly correlations: Float64Array;
  private readonly size: number;
  private readonly samples: number;
  private readonly partial = new PartialCorrelation();

  constructor(data: Observations, space: LagSpace) {
    this.correlations = laggedCorrelations(data, space);
    this.size = space.variables * space.span;
    this.samples = stepsOf(data) - 2 * space.maxLag;
  }

  test(x: LaggedVariable, y: LaggedVariable, conditions: readonly LaggedVariable[]): TestResult {
    const value = this.partial.of(this.correlations, this.size, [...conditions, x, y]);
    return judge(value, this.samples, conditions.length);
  }

  unexplained(y: LaggedVariable, by: readonly LaggedVariable[]) {
    return { share: this.partial.unexplained(this.correlations, this.size, [...by, y]), samples: this.samples };
  }
}

/** With missing values the steps differ from test to test, and so do the correlations. */
class TestOverPresent implements IndependenceTest {
  private readonly present: PresentCorrelations;
  private readonly partial = new PartialCorrelation();

  constructor(data: Observations, space: LagSpace) {
    this.present = new PresentCorrelations(data, space);
  }

  test(x: LaggedVariable, y: LaggedVariable, conditions: readonly LaggedVariable[]): TestResult {
    const { correlations, order, samples } = this.present.among([...conditions, x, y]);
    return judge(this.partial.of(correlations, order.length, order), samples, conditions.length);
  }

  unexplained(y: LaggedVariable, by: readonly LaggedVariable[]) {
    const { correlations, order, samples } = this.present.among([...by, y]);
    return { share: this.partial.unexplained(correlations, order.length, order), samples };
  }
}
