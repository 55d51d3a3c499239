interface GlucoseLabelsProps {
  axis: ReadonlyArray<{ mgdl: number; y: number }>;
  height: number;
  /** A value without its unit. */
  format: (mgdl: number) => string;
}

/** Left of a plot of glucose, in a column of 40 pixels. */
export function GlucoseLabels({ axis, height, format }: GlucoseLabelsProps) {
  return (
    <svg height={height} className="w-full overflow-visible" aria-hidden="true">
      {axis.map(({ mgdl, y }) => (
        <text key={mgdl} x="32" y={y} dy="0.35em" textAnchor="end" className="chart-text">
          {format(mgdl)}
        </text>
      ))}
    </svg>
  );
}

interface TimeLabelsProps {
  ticks: readonly number[];
  /** Where a tick is, in percent of the width. */
  across: (minute: number) => string;
  format: (minute: number) => string;
}

/** Below a plot, in the column that it has. */
export function TimeLabels({ ticks, across, format }: TimeLabelsProps) {
  return (
    <svg height="22" className="col-start-2 w-full overflow-visible" aria-hidden="true">
      {ticks.map((minute) => (
        <text key={minute} x={across(minute)} y="16" textAnchor="middle" className="chart-text">
          {format(minute)}
        </text>
      ))}
    </svg>
  );
}
