/** Hatches shared by every chart of the page; rendered once, since patterns resolve across SVG elements. */
export function ChartDefs() {
  return (
    <svg width="0" height="0" aria-hidden="true" focusable="false" className="absolute">
      <defs>
        <pattern id="hatch-veryHigh" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1="0" y1="0" x2="0" y2="7" className="hatch-line-dark" />
        </pattern>
        <pattern id="hatch-veryLow" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0V6M0 0H6" className="hatch-line-light" />
        </pattern>
        <pattern id="hatch-sparse" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1="0" y1="0" x2="0" y2="8" className="hatch-line-muted" />
        </pattern>
      </defs>
    </svg>
  );
}

/** Bands that colour alone must not tell apart. */
export const BAND_HATCH = { veryHigh: 'url(#hatch-veryHigh)', veryLow: 'url(#hatch-veryLow)' } as const;
