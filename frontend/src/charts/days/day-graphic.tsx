import { MINUTES_PER_DAY } from '../axis';
import type { DayLayout } from './layout';

/** One day from midnight to midnight on the clock, whether it lasts 23, 24 or 25 hours. Position tells high from low; colour, triangles and dashes only repeat it. */
export function DayGraphic({ layout, label }: { layout: DayLayout; label: string }) {
  const { height, target } = layout;
  const across = (minute: number) => `${((minute / MINUTES_PER_DAY) * 100).toFixed(2)}%`;
  return (
    <svg height={height} role="img" aria-label={label} className="block w-full overflow-visible">
      <rect x="0" y="0" width="100%" height={height} className="fill-none stroke-border" />
      <rect x="0" y={target.y} width="100%" height={target.height} className="chart-zone" />
      <line x1="0" x2="100%" y1={target.y} y2={target.y} className="day-edge" />
      <line x1="0" x2="100%" y1={target.y + target.height} y2={target.y + target.height} className="day-edge" />
      <line x1="50%" x2="50%" y1="0" y2={height} className="chart-grid" />
      <svg viewBox={`0 0 ${MINUTES_PER_DAY} ${height}`} preserveAspectRatio="none" width="100%" height={height}>
        <path d={layout.above} className="day-above" />
        <path d={layout.below} className="day-below" />
        <path d={layout.line} className="day-line" />
      </svg>
      {layout.lows.map(({ minute, clipped }) => (
        <svg key={minute} x={across(minute)} y={height + 2} className="overflow-visible">
          {clipped ? (
            <path d="M0,-3V5M-3.5,1.5L0,5L3.5,1.5" className="day-mark-clipped" />
          ) : (
            <path d="M-4,-1H4L0,5Z" className="day-mark-low" />
          )}
        </svg>
      ))}
      {layout.clippedHigh.map((minute) => (
        <svg key={minute} x={across(minute)} y="0" className="overflow-visible">
          <path d="M0,4V-4M-3.5,-0.5L0,-4L3.5,-0.5" className="day-mark-clipped" />
        </svg>
      ))}
    </svg>
  );
}
