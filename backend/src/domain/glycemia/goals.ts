import type { GlucoseTargets, Goal, GoalCode } from './targets.js';

/** A goal with the unrounded value it is judged by; `met` is `null` where there is no value. */
export interface JudgedGoal extends Goal {
  readonly value: number | null;
  readonly met: boolean | null;
}

/** Every goal of a preset, judged on raw values: 69.6 % prints as 70 % and still misses "above 70 %". */
export function judgeGoals(targets: GlucoseTargets, values: Readonly<Record<GoalCode, number | null>>): JudgedGoal[] {
  return targets.goals.map((goal) => {
    const value = values[goal.code];
    return { ...goal, value, met: value === null ? null : isMet(goal, value) };
  });
}

function isMet({ comparator, goal }: Goal, value: number): boolean {
  if (comparator === '>') return value > goal;
  return comparator === '<' ? value < goal : value <= goal;
}
