import { type GlucoseGrid, lagSteps } from '../grid.js';
import { MAGE_STEP_MINUTES, type Mage, mageOf } from '../mage.js';
import * as variability from '../variability.js';
import type { Columns } from './over-rows.js';
import { gridOf, type IgluSubject, stepOf } from './subject.js';

/** What iglu computes over the day grid of the last row of each instant. */
export const OVER_GRID: Readonly<Record<string, (grid: GlucoseGrid) => Columns>> = {
  modd: (grid) => ({ MODD: variability.modd(grid) }),
  modd_lag2: (grid) => ({ MODD: variability.modd(grid, 2) }),
  conga_24: (grid) => ({ CONGA: variability.conga(grid, 24) }),
  conga_1: (grid) => ({ CONGA: variability.conga(grid, 1) }),
  conga_2: (grid) => ({ CONGA: variability.conga(grid, 2) }),
  conga_4: (grid) => ({ CONGA: variability.conga(grid, 4) }),
  conga_6: (grid) => ({ CONGA: variability.conga(grid, 6) }),
  mag: (grid) => ({ MAG: variability.mag(grid) }),
  mag_60: (grid) => ({ MAG: hourlyMag(grid) }),
  gvp: (grid) => ({ GVP: variability.gvp(grid) }),
  auc: (grid) => ({ hourly_auc: interleavedAuc(grid) }),
  sd_roc: (grid) => ({ sd_roc: variability.sdOfRateOfChange(grid) }),
  cv_measures: (grid) => {
    const cvs = variability.dailyCv(grid);
    return { CVmean: cvs.mean, CVsd: cvs.sd };
  },
};

/** The five directions of MAGE, always on a 5-minute grid. */
export const MAGE_DIRECTIONS: Readonly<Record<string, keyof Mage>> = {
  mage_avg: 'average',
  mage_plus: 'plus',
  mage_minus: 'minus',
  mage_service: 'service',
  mage_max: 'max',
};

export const mageOfSubject = (subject: IgluSubject): Mage =>
  mageOf(gridOf(subject, subject.lastOfInstant, MAGE_STEP_MINUTES));

/** The day grid at the subject's own step. */
export const ownGrid = (subject: IgluSubject): GlucoseGrid =>
  gridOf(subject, subject.lastOfInstant, stepOf(subject.lastOfInstant));

/** The SD family on a grid whose step was measured on the first subject of the data, whoever that was. */
export function sdMeasures(subject: IgluSubject, leakedStep: number): Columns {
  const sds = variability.sdFamily(gridOf(subject, subject.meanOfInstant, leakedStep));
  return {
    SDw: sds.within,
    SDhhmm: sds.ofProfile,
    SDwsh: sds.withinHour,
    SDdm: sds.ofDailyMeans,
    SDb: sds.betweenDays,
    SDbdm: sds.betweenDaysCorrected,
  };
}

/** Absolute hourly change of every hourly sample from the first slot on. */
function hourlyMag(grid: GlucoseGrid): number {
  const lag = lagSteps(grid, 60);
  let sum = 0;
  let count = 0;
  for (let i = 0; i + lag < grid.values.length; i += lag) {
    const change = Math.abs((grid.values[i + lag] ?? Number.NaN) - (grid.values[i] ?? Number.NaN));
    if (change !== change) continue;
    sum += change;
    count++;
  }
  return sum / count;
}

/** Known defect: day labels cycle through the row-major values, so trapezoids join samples `dayCount` slots apart. */
function interleavedAuc(grid: GlucoseGrid): number {
  const { values, dayCount } = grid;
  let sum = 0;
  let count = 0;
  for (let i = 0; i + dayCount < values.length; i++) {
    const middle = ((values[i] ?? Number.NaN) + (values[i + dayCount] ?? Number.NaN)) / 2;
    if (middle !== middle) continue;
    sum += middle;
    count++;
  }
  return sum / count;
}
