import type { DailyGrid, DailyVariable } from './daily-grid.js';

/** What a day had about it, and how its glucose was; null where the day's glucose is unknown. */
export interface DayItems {
  readonly day: number;
  readonly conditions: readonly string[];
  /** What is not known of the day, by the part of a condition before its `=`: without the condition is something else. */
  readonly unknown: readonly string[];
  /** `timeBelow70>=4`, `timeInRange<70`: the goals of the consensus that the day missed. */
  readonly outcomes: readonly string[] | null;
}

/**
 * The days of a grid as items. Sleep and exercise are those of the day, carbohydrate and insulin those of the day before,
 * since on the day itself they answer glucose; `much` and `little` are the upper and lower third of the person's own days.
 */
export function dayItems(grid: DailyGrid): DayItems[] {
  const columnOf = (name: DailyVariable) => grid.columns[grid.names.indexOf(name)] ?? new Float64Array();
  const thirds = (name: DailyVariable, label: string, daysBefore: number) => {
    const column = columnOf(name);
    const sorted = column.filter((value) => !Number.isNaN(value)).sort();
    const low = sorted[Math.floor(sorted.length / 3)] ?? Number.NaN;
    const high = sorted[Math.floor((2 * sorted.length) / 3)] ?? Number.NaN;
    const itemsOf = (value: number): string[] => {
      if (low === high) return [];
      if (value < low) return [`${label}=little`];
      return value >= high ? [`${label}=much`] : [];
    };
    return { label, valueAt: (step: number) => column[step - daysBefore] ?? Number.NaN, itemsOf };
  };
  const exercise = columnOf('exercise');
  const parts = [
    thirds('sleep', 'sleep', 0),
    thirds('carbs', 'carbs the day before', 1),
    thirds('insulin', 'insulin the day before', 1),
    {
      label: 'exercise',
      valueAt: (step: number) => exercise[step] ?? Number.NaN,
      itemsOf: (value: number) => [value > 0 ? 'exercise=yes' : 'exercise=no'],
    },
  ];
  const [below, inRange] = [columnOf('timeBelow70'), columnOf('timeInRange')];
  return Array.from({ length: below.length }, (_, step) => ({
    day: grid.firstDay + step,
    conditions: parts.flatMap(({ valueAt, itemsOf }) => (Number.isNaN(valueAt(step)) ? [] : itemsOf(valueAt(step)))),
    unknown: parts.filter(({ valueAt }) => Number.isNaN(valueAt(step))).map(({ label }) => label),
    outcomes: Number.isNaN(below[step])
      ? null
      : [
          ...((below[step] ?? 0) >= 4 ? ['timeBelow70>=4'] : []),
          ...((inRange[step] ?? 0) < 70 ? ['timeInRange<70'] : []),
        ],
  }));
}
