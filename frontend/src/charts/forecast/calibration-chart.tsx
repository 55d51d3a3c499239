interface CalibrationLine {
  readonly name: string;
  readonly points: ReadonlyArray<{ readonly wanted: number; readonly held: number }>;
}

interface CalibrationChartProps {
  label: string;
  axes: { readonly wanted: string; readonly held: string };
  lines: readonly CalibrationLine[];
}

/** Percent at the corner of the chart. */
const LEAST = 30;
const SIZE = 180;
const LEFT = 40;
const BOTTOM = 34;
const TICKS = [50, 80, 95];

const x = (percent: number): number => LEFT + ((percent - LEAST) / (100 - LEAST)) * SIZE;
const y = (percent: number): number => 6 + ((100 - Math.max(LEAST, percent)) / (100 - LEAST)) * SIZE;
const DASHES = ['none', '6 3', '2 3'];

/** How often intervals held, against how often they are to: on the diagonal is right, below it they are too narrow. */
export function CalibrationChart({ label, axes, lines }: CalibrationChartProps) {
  const floor = y(LEAST);
  return (
    <figure className="flex flex-wrap items-center gap-x-6 gap-y-2" role="img" aria-label={label}>
      <svg viewBox={`0 0 ${LEFT + SIZE + 8} ${SIZE + BOTTOM + 6}`} className="h-56 w-auto max-w-full" aria-hidden>
        <path d={`M${x(LEAST)} ${y(100)}V${floor}H${x(100)}`} className="chart-grid fill-none" />
        <path d={`M${x(LEAST)} ${floor}L${x(100)} ${y(100)}`} className="chart-grid fill-none" />
        {TICKS.map((tick) => (
          <g key={tick}>
            <text x={x(tick)} y={floor + 13} textAnchor="middle" className="chart-text">
              {tick}
            </text>
            <text x={LEFT - 5} y={y(tick) + 3} textAnchor="end" className="chart-text">
              {tick}
            </text>
          </g>
        ))}
        <text x={x(65)} y={floor + 28} textAnchor="middle" className="chart-text">
          {axes.wanted}
        </text>
        <text transform={`translate(10 ${y(65)}) rotate(-90)`} textAnchor="middle" className="chart-text">
          {axes.held}
        </text>
        {lines.map(({ name, points }, index) => (
          <g key={name} className="text-accent">
            <polyline
              points={points.map(({ wanted, held }) => `${x(wanted)},${y(held)}`).join(' ')}
              className="fill-none stroke-current"
              strokeWidth={1.5}
              strokeDasharray={DASHES[index]}
            />
            {points.map(({ wanted, held }) => (
              <circle key={wanted} cx={x(wanted)} cy={y(held)} r={2.5} className="fill-current" />
            ))}
          </g>
        ))}
      </svg>
      <ul className="grid gap-1 text-sm" aria-hidden>
        {lines.map(({ name }, index) => (
          <li key={name} className="flex items-center gap-2">
            <svg viewBox="0 0 28 4" className="h-1 w-7 text-accent">
              <line
                x1="0"
                x2="28"
                y1="2"
                y2="2"
                className="stroke-current"
                strokeWidth={2}
                strokeDasharray={DASHES[index]}
              />
            </svg>
            {name}
          </li>
        ))}
      </ul>
    </figure>
  );
}
