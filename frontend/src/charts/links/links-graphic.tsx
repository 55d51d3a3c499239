import { LABEL_PX, type Link, type LinksLayout } from './layout';

interface LinksGraphicProps {
  layout: LinksLayout;
  label: string;
  earlier: string;
  later: string;
  nameOf: (variable: string) => string;
  /** In few letters. */
  lagOf: (link: Link) => string;
}

/** Strength is the width of a line, its sign whether it is dashed, and time runs from left to right. */
export function LinksGraphic({ layout, label, earlier, later, nameOf, lagOf }: LinksGraphicProps) {
  const { height, rows, lines, memory } = layout;
  const names = (x: string, anchor: 'start' | 'end') => (
    <svg height={height} className="w-full overflow-visible" aria-hidden="true">
      {rows.map(({ name, y }) => (
        <text key={name} x={x} y={y} dy="0.35em" textAnchor={anchor} className="chart-text links-name">
          {nameOf(name)}
        </text>
      ))}
    </svg>
  );
  return (
    <div role="img" aria-label={label} className="grid grid-cols-[92px_minmax(0,1fr)_92px] gap-x-2 pt-2">
      <p className="text-right text-xs text-muted" aria-hidden="true">
        {earlier}
      </p>
      <span aria-hidden="true" />
      <p className="text-xs text-muted" aria-hidden="true">
        {later}
      </p>
      {names('100%', 'end')}
      <svg height={height} className="w-full overflow-visible" aria-hidden="true">
        <defs>
          <marker
            id="links-arrow"
            markerUnits="userSpaceOnUse"
            markerWidth="12"
            markerHeight="12"
            refX="10"
            refY="6"
            orient="auto"
          >
            <path d="M0,1L11,6L0,11Z" className="links-arrow" />
          </marker>
        </defs>
        {memory.map((y) => (
          <line key={y} x1="0" x2="100%" y1={y} y2={y} className="links-memory" />
        ))}
        {lines.map(({ link, y1, y2, width }) => (
          <line
            key={keyOf(link)}
            x1="0"
            x2="100%"
            y1={y1}
            y2={y2}
            strokeWidth={width.toFixed(2)}
            markerEnd="url(#links-arrow)"
            className={link.partialCorrelation < 0 ? 'links-line links-line-opposite' : 'links-line'}
          />
        ))}
        {lines.map(({ link, labelAt, labelY }) => (
          <svg
            key={keyOf(link)}
            x={`${(labelAt * 100).toFixed(1)}%`}
            y={labelY.toFixed(1)}
            className="overflow-visible"
          >
            <rect
              x={-LABEL_PX.width / 2}
              y={-LABEL_PX.height / 2}
              width={LABEL_PX.width}
              height={LABEL_PX.height}
              rx="3"
              className="links-label"
            />
            <text x="0" y="0" dy="0.35em" textAnchor="middle" className="chart-text chart-text-strong">
              {lagOf(link)}
            </text>
          </svg>
        ))}
      </svg>
      {names('0', 'start')}
    </div>
  );
}

const keyOf = ({ source, target, lag }: Link) => `${source} ${target} ${lag}`;
