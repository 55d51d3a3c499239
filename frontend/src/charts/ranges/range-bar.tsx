import type { Band, Ranges } from '@/api/types';
import { BAND_HATCH } from '../defs';
import { layoutBrackets, layoutLabels, layoutSegments, type PlacedSegment } from './layout';

export interface RangeBarLabels {
  graphic: string;
  bands: Record<Band, { name: string; detail: string }>;
  brackets: Record<'above' | 'below', string>;
}

const WIDTH = 372;
const BAR = 48;
const VALUE_X = 76;
const NAME_X = 128;
const BRACKET_X = 276;
const LABEL_HEIGHT = 37;
const MINIMUM = 3;

/** The stacked bar of time in ranges, very high on top, every value printed beside it. */
export function RangeBar({ ranges, labels, height }: { ranges: Ranges; labels: RangeBarLabels; height: number }) {
  const segments = layoutSegments(ranges.segments, { length: height, gap: 2, minimum: MINIMUM });
  const rows = layoutLabels(ranges.segments, segments, { length: height, labelHeight: LABEL_HEIGHT });
  const brackets = layoutBrackets(ranges.brackets, rows);
  const inRange = segments.find(({ band }) => band === 'inRange');
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${height}`}
      width={WIDTH}
      height={height}
      role="img"
      aria-label={labels.graphic}
      className="h-auto max-w-full overflow-visible"
    >
      {segments.map((segment) => (
        <Segment key={segment.band} segment={segment} />
      ))}
      {inRange ? <TightRange segment={inRange} ranges={ranges} /> : null}
      {rows.map(({ segment, anchor, centre }) => (
        <g key={segment.band}>
          <path d={`M${BAR + 2},${anchor.toFixed(1)}L${BAR + 20},${centre.toFixed(1)}h4`} className="chart-leader" />
          <text x={VALUE_X} y={centre} dy="0.36em" className={`text-[18px] font-semibold band-text-${segment.band}`}>
            {segment.percent === null ? '–' : `${segment.display} %`}
          </text>
          <text x={NAME_X} y={centre - 3} className="chart-text chart-text-strong text-[13px]">
            {labels.bands[segment.band].name}
          </text>
          <text x={NAME_X} y={centre + 12} className="chart-text">
            {labels.bands[segment.band].detail}
          </text>
        </g>
      ))}
      {brackets.map(({ bracket, from, to }) => (
        <g key={bracket.code}>
          <path d={`M${BRACKET_X},${from - 12}h6V${to + 12}h-6`} className="chart-leader" />
          <text x={BRACKET_X + 14} y={(from + to) / 2 - 2} className="chart-text chart-text-strong text-[16px]">
            {bracket.percent === null ? '–' : `${bracket.display} %`}
          </text>
          <text x={BRACKET_X + 14} y={(from + to) / 2 + 14} className="chart-text">
            {labels.brackets[bracket.code]}
          </text>
        </g>
      ))}
    </svg>
  );
}

function Segment({ segment }: { segment: PlacedSegment }) {
  const { band, start, length } = segment;
  const hatch = band === 'veryHigh' || band === 'veryLow' ? BAND_HATCH[band] : null;
  // The stroke lies inside the shape, so that a thin band keeps its height and neighbours keep their gap.
  const box = { x: 0.5, y: start + 0.5, width: BAR - 1, height: Math.max(0.5, length - 1) };
  return (
    <>
      <rect {...box} className={`band-${band}`} />
      {hatch ? <rect {...box} fill={hatch} /> : null}
    </>
  );
}

/** Tight range is a part of the green band, never a sixth colour. It starts at the band's lower edge. */
function TightRange({ segment, ranges }: { segment: PlacedSegment; ranges: Ranges }) {
  const whole = ranges.segments.find(({ band }) => band === 'inRange')?.percent ?? null;
  const tight = ranges.tightRange?.percent ?? null;
  if (!whole || !tight) return null;
  const length = segment.length * Math.min(1, tight / whole);
  const bottom = segment.start + segment.length - 3;
  const top = Math.min(bottom, bottom - length + 6);
  return <path d={`M${BAR - 14},${bottom}h6V${top.toFixed(1)}h-6`} className="range-tight" strokeWidth="1.5" />;
}
