import { SECONDS_PER_DAY } from '../time/zone.js';
import { parseDeviceTime, wallOf, type DateOrder, type DeviceTime } from './device-time.js';

/** What decided the order of day and month. */
export type DateOrderReason =
  'year-first' | 'impossible-month' | 'continuity' | 'sequence' | 'export-stamp' | 'indifferent';

export type DateOrderDecision =
  | {
      readonly status: 'decided';
      readonly order: DateOrder;
      readonly reason: DateOrderReason;
      readonly descending: Directions;
    }
  | { readonly status: 'ambiguous'; readonly samples: readonly string[]; readonly descending: Directions }
  /** Rows of both orders: a spreadsheet has turned some dates around and left others, so no order is right. */
  | { readonly status: 'mixed'; readonly samples: readonly string[] };

/** Whether the rows run newest first, if read in either order. */
export type Directions = Readonly<Record<DateOrder, boolean>>;

/** Reasons that leave no choice: an answer to the contrary would make rows unreadable, or no difference. */
const COMPELLING: ReadonlySet<DateOrderReason> = new Set(['year-first', 'impossible-month', 'indifferent']);

/** The order to read a file in: what its dates compel, else what the uploader says, else what the file suggests; null: ask. */
export function settleDateOrder(dates: DateOrderDecision, answer: DateOrder | null): DateOrder | null {
  if (dates.status === 'mixed') return null;
  if (dates.status === 'ambiguous') return answer;
  return COMPELLING.has(dates.reason) ? dates.order : (answer ?? dates.order);
}

/** How the column looks if read in one order. */
interface Hypothesis {
  /** Rows that only this order can read. */
  onlyThis: number;
  /** Steps to the next row of a series that cross a date within a day. */
  dayCrossings: number;
  ascents: number;
  descents: number;
  latestWall: number;
}

interface Step {
  readonly time: DeviceTime;
  readonly DMY: number;
  readonly MDY: number;
}

/** Of the rows that settle the order, this share may contradict the rest: a typing error, reported row by row. */
const TOLERATED_CONTRADICTIONS = 0.01;
const SAMPLES = 5;
const MOST_SERIES = 1_000;

const newHypothesis = (): Hypothesis => ({
  onlyThis: 0,
  dayCrossings: 0,
  ascents: 0,
  descents: 0,
  latestWall: Number.NEGATIVE_INFINITY,
});

/** Collects what a whole column of timestamps says about the order of day and month; memory grows with its series only. */
export class DateOrderEvidence {
  private readonly orders = { DMY: newHypothesis(), MDY: newHypothesis() };
  private readonly lastOf = new Map<string, Step>();
  private readonly samples = new Map<string, Set<string>>([
    ['DMY', new Set()],
    ['MDY', new Set()],
    ['open', new Set()],
  ]);
  private yearLast = 0;

  /** One timestamp; `series` groups the rows that a device wrote one after the other. */
  see(time: DeviceTime, text: string, series: string): void {
    const step: Step = { time, DMY: wallOf(time, 'DMY'), MDY: wallOf(time, 'MDY') };
    if (!time.yearFirst) {
      this.yearLast++;
      this.seeComponents(step, text);
    }
    for (const order of ['DMY', 'MDY'] as const) {
      if (step[order] > this.orders[order].latestWall) this.orders[order].latestWall = step[order];
    }
    const last = this.lastOf.get(series);
    if (last) {
      this.seeStep('DMY', last, step);
      this.seeStep('MDY', last, step);
    }
    // Nobody has as many devices: the file makes them up, and memory has to end somewhere.
    if (this.lastOf.size >= MOST_SERIES) this.lastOf.clear();
    this.lastOf.set(series, step);
  }

  private seeComponents(step: Step, text: string): void {
    const only = Number.isNaN(step.MDY) ? 'DMY' : Number.isNaN(step.DMY) ? 'MDY' : null;
    if (only && !Number.isNaN(step[only])) this.orders[only].onlyThis++;
    const samples = this.samples.get(only ?? 'open');
    if (samples && samples.size < SAMPLES && (only || step.time.first !== step.time.second)) samples.add(text);
  }

  private seeStep(order: DateOrder, last: Step, step: Step): void {
    const hypothesis = this.orders[order];
    const distance = step[order] - last[order];
    if (Number.isNaN(distance)) return;
    if (distance > 0) hypothesis.ascents++;
    if (distance < 0) hypothesis.descents++;
    const sameDate = step.time.first === last.time.first && step.time.second === last.time.second;
    if (!sameDate && Math.abs(distance) < SECONDS_PER_DAY) hypothesis.dayCrossings++;
  }

  /**
   * The order, by the first of these that speaks: a number above 12; the nights, which a sensor crosses in minutes in one
   * order and in a month in the other; rows that run in one direction in one order only; the export's own date, which has
   * a number above 12 or precedes the rows in one order. Otherwise nobody but the uploader can know.
   */
  decide(exportStamp: string | null): DateOrderDecision {
    const { DMY, MDY } = this.orders;
    const descending = { DMY: runsBackwards(DMY), MDY: runsBackwards(MDY) };
    const decided = (order: DateOrder, reason: DateOrderReason): DateOrderDecision => ({
      status: 'decided',
      order,
      reason,
      descending,
    });
    const settling = DMY.onlyThis + MDY.onlyThis;
    if (Math.min(DMY.onlyThis, MDY.onlyThis) > settling * TOLERATED_CONTRADICTIONS) {
      return { status: 'mixed', samples: [...this.samplesOf('DMY').slice(0, 2), ...this.samplesOf('MDY').slice(0, 2)] };
    }
    if (settling > 0) return decided(DMY.onlyThis > MDY.onlyThis ? 'DMY' : 'MDY', 'impossible-month');
    if (this.yearLast === 0) return decided('DMY', 'year-first');
    if (this.samplesOf('open').length === 0) return decided('DMY', 'indifferent');

    const crossing = theOnlyOne(DMY.dayCrossings > 0, MDY.dayCrossings > 0);
    if (crossing) return decided(crossing, 'continuity');
    const running = theOnlyOne(runsOneWay(DMY), runsOneWay(MDY));
    if (running) return decided(running, 'sequence');
    const stamped = exportStamp === null ? null : this.orderByStamp(exportStamp);
    if (stamped) return decided(stamped, 'export-stamp');
    return { status: 'ambiguous', samples: this.samplesOf('open'), descending };
  }

  private orderByStamp(text: string): DateOrder | null {
    const stamp = parseDeviceTime(text.replace(/ ?(utc|gmt)$/i, '').trim());
    if (!stamp || stamp.yearFirst) return null;
    // A day of grace: the stamp is in UTC or a date alone, the rows are on the wearer's clock.
    const precedes = (order: DateOrder) => {
      const wall = wallOf(stamp, order);
      return !Number.isNaN(wall) && this.orders[order].latestWall <= wall + 2 * SECONDS_PER_DAY;
    };
    const readable = theOnlyOne(!Number.isNaN(wallOf(stamp, 'DMY')), !Number.isNaN(wallOf(stamp, 'MDY')));
    return readable ?? theOnlyOne(precedes('DMY'), precedes('MDY'));
  }

  private samplesOf(kind: 'DMY' | 'MDY' | 'open'): string[] {
    return [...(this.samples.get(kind) ?? [])];
  }
}

const runsBackwards = (hypothesis: Hypothesis): boolean => hypothesis.descents > hypothesis.ascents;
const runsOneWay = (hypothesis: Hypothesis): boolean => hypothesis.ascents === 0 || hypothesis.descents === 0;

function theOnlyOne(dmy: boolean, mdy: boolean): DateOrder | null {
  if (dmy === mdy) return null;
  return dmy ? 'DMY' : 'MDY';
}
