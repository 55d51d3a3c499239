import type { RangeSegment } from '@/api/types';
import { BAND_HATCH } from '../defs';
import { layoutSegments } from './layout';

const WIDTH = 120;
const HEIGHT = 18;

/** The same stack lying down, lows at the left as on a number line. */
export function MiniRangeBar({ segments, label }: { segments: readonly RangeSegment[]; label: string }) {
  const placed = layoutSegments([...segments].reverse(), { length: WIDTH, gap: 1, minimum: 4 });
  return (
    <svg width={WIDTH} height={HEIGHT} role="img" aria-label={label} className="block">
      {placed.map(({ band, start, length }) => {
        const box = { x: start + 0.5, y: 0.5, width: Math.max(0.5, length - 1), height: HEIGHT - 1 };
        const hatch = band === 'veryHigh' || band === 'veryLow' ? BAND_HATCH[band] : null;
        return (
          <g key={band}>
            <rect {...box} className={`band-${band}`} />
            {hatch ? <rect {...box} fill={hatch} /> : null}
          </g>
        );
      })}
    </svg>
  );
}
