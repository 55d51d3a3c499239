import type { GlucoseUnit } from '@/api/types';
import { formatGlucose } from '@/format/glucose';
import { MINUTES_PER_DAY } from '../axis';
import type { ProfileLayout } from './layout';

interface ProfileGraphicProps {
  layout: ProfileLayout;
  unit: GlucoseUnit;
  locale: string;
  /** Names the whole picture for those who cannot see it. */
  label: string;
  medianLabel: string;
}

/** Where in the width of the plot a minute of the day lies. */
const across = (minute: number) => `${((minute / MINUTES_PER_DAY) * 100).toFixed(3)}%`;

/**
 * Three columns: axis, plot, percentile names. Only the plot stretches, and only its paths do: text keeps its size
 * at every width, so no variant for small screens is needed.
 */
export function ProfileGraphic({ layout, unit, locale, label, medianLabel }: ProfileGraphicProps) {
  const { height } = layout;
  return (
    <div role="img" aria-label={label} className="grid grid-cols-[44px_minmax(0,1fr)_56px]">
      <svg height={height} className="w-full overflow-visible" aria-hidden="true">
        {layout.axisLabels.map(({ mgdl, y, bold }) => (
          <text
            key={mgdl}
            x="36"
            y={y}
            dy="0.35em"
            textAnchor="end"
            className={`chart-text ${bold ? 'chart-text-strong' : ''}`}
          >
            {formatGlucose(mgdl, unit, locale)}
          </text>
        ))}
      </svg>
      <svg height={height} className="w-full overflow-visible" aria-hidden="true">
        <rect x="0" y="0" width="100%" height={height} className="fill-none stroke-border" />
        <rect x="0" y={layout.target.y} width="100%" height={layout.target.height} className="chart-zone" />
        {layout.hours.map(({ hour, minute }) => (
          <line key={hour} x1={across(minute)} x2={across(minute)} y1="0" y2={height} className="chart-grid" />
        ))}
        <Stretched height={height}>
          <path d={layout.outer} className="agp-outer" />
          <path d={layout.inner} className="agp-inner" />
        </Stretched>
        {layout.thresholds.map(({ mgdl, y, bold }) => (
          <line
            key={mgdl}
            x1="0"
            x2="100%"
            y1={y}
            y2={y}
            className={bold ? 'chart-threshold-target' : 'chart-threshold'}
          />
        ))}
        <Stretched height={height}>
          <path d={layout.median} className="agp-median" />
        </Stretched>
        {layout.sparse.map(({ fromMinute, toMinute }) => (
          <rect
            key={fromMinute}
            x={across(fromMinute)}
            width={across(toMinute - fromMinute)}
            y="0"
            height={height}
            fill="url(#hatch-sparse)"
          />
        ))}
      </svg>
      <svg height={height} className="w-full overflow-visible" aria-hidden="true">
        {layout.percentiles.map(({ percentile, y, anchorY }) => (
          <g key={percentile}>
            <path d={`M0,${anchorY.toFixed(1)}L8,${y.toFixed(1)}`} className="chart-leader" />
            <text x="11" y={y} dy="0.35em" className={`chart-text ${percentile === 50 ? 'chart-text-strong' : ''}`}>
              {percentile === 50 ? medianLabel : `${percentile} %`}
            </text>
          </g>
        ))}
      </svg>
      <svg height="22" className="col-start-2 w-full overflow-visible" aria-hidden="true">
        {layout.hours.map(({ hour, minute }) => (
          <text key={hour} x={across(minute)} y="16" textAnchor="middle" className="chart-text">
            {String(hour).padStart(2, '0')}
          </text>
        ))}
      </svg>
    </div>
  );
}

function Stretched({ height, children }: { height: number; children: React.ReactNode }) {
  return (
    <svg viewBox={`0 0 ${MINUTES_PER_DAY} ${height}`} preserveAspectRatio="none" width="100%" height={height}>
      {children}
    </svg>
  );
}
