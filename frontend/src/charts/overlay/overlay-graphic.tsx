import { GlucoseLabels, TimeLabels } from '../axis-labels';
import type { OverlayLayout } from './layout';

interface OverlayGraphicProps {
  layout: OverlayLayout;
  label: string;
  /** What stands at the end of each line; few letters. */
  names: readonly string[];
  formatGlucose: (mgdl: number) => string;
  formatMinutes: (minutes: number) => string;
}

/** The first line is the one that the others are compared with: it is the thick one. */
export function OverlayGraphic({ layout, label, names, formatGlucose, formatMinutes }: OverlayGraphicProps) {
  const { height, minutes, lines, usual, target, axis, ticks } = layout;
  const across = (minute: number) => `${((minute / minutes) * 100).toFixed(2)}%`;
  const longest = Math.max(...names.map((name) => name.length));
  return (
    <div
      role="img"
      aria-label={label}
      className={`grid pt-2 ${longest > 3 ? 'grid-cols-[40px_minmax(0,1fr)_76px]' : 'grid-cols-[40px_minmax(0,1fr)_28px]'}`}
    >
      <GlucoseLabels axis={axis} height={height} format={formatGlucose} />
      <svg height={height} className="w-full overflow-visible" aria-hidden="true">
        <rect x="0" y="0" width="100%" height={height} className="fill-none stroke-border" />
        <rect x="0" y={target.y} width="100%" height={target.height} className="chart-zone" />
        {[target.y, target.y + target.height].map((y) => (
          <line key={y} x1="0" x2="100%" y1={y} y2={y} className="day-edge" />
        ))}
        {ticks.map((minute) => (
          <line key={minute} x1={across(minute)} x2={across(minute)} y1="0" y2={height} className="chart-grid" />
        ))}
        <svg
          viewBox={`0 0 ${minutes} ${height}`}
          preserveAspectRatio="none"
          width="100%"
          height={height}
          className="overflow-visible"
        >
          <path d={usual} className="agp-inner" />
          {lines.slice(1).map(({ path }, index) => (
            <path key={names[index + 1]} d={path} className={`overlay-line overlay-dash-${(index % 4) + 1}`} />
          ))}
          <path d={lines[0]?.path ?? ''} className="overlay-line overlay-first" />
        </svg>
      </svg>
      <svg height={height} className="w-full overflow-visible" aria-hidden="true">
        {lines.map(({ endY, labelY }, index) => (
          <g key={names[index]}>
            <path d={`M1,${endY}L7,${labelY}`} className="chart-leader" />
            <text x="10" y={labelY} dy="0.35em" className={`chart-text ${index === 0 ? 'chart-text-strong' : ''}`}>
              {names[index]}
            </text>
          </g>
        ))}
      </svg>
      <TimeLabels ticks={ticks} across={across} format={formatMinutes} />
    </div>
  );
}
