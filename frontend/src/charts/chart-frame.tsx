import type { ReactNode } from 'react';

interface ChartFrameProps {
  id: string;
  title: string;
  summary: ReactNode;
  tableLabel: string;
  table: ReactNode;
  note?: ReactNode;
  className?: string;
  /** Inside a card of its own heading: a step lower, and without a border. */
  isPart?: boolean;
  children: ReactNode;
}

/** Every chart stands in one: a heading, the finding in words, the graphic, and the same numbers as a table. */
export function ChartFrame(props: ChartFrameProps) {
  const { id, title, summary, tableLabel, table, note, className = '', isPart = false, children } = props;
  const Heading = isPart ? 'h3' : 'h2';
  return (
    <figure
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-summary`}
      className={`relative ${isPart ? '' : 'card print:border-0 print:p-0'} ${className}`}
    >
      <figcaption className="mb-2">
        <Heading id={`${id}-title`} className="pr-36 text-base font-semibold print:pr-0">
          {title}
        </Heading>
        <p id={`${id}-summary`} className="mt-0.5 text-sm text-muted">
          {summary}
        </p>
      </figcaption>
      {children}
      {note ? <p className="mt-2 text-xs text-muted">{note}</p> : null}
      {/* The switch stands beside the heading, the table it opens below the graphic. */}
      <details className="text-sm">
        <summary className={`absolute min-h-6 rounded link ${isPart ? 'top-0 right-0' : 'top-4 right-4'}`}>
          {tableLabel}
        </summary>
        <div className="mt-3 max-h-96 overflow-auto" tabIndex={0} role="region" aria-label={`${title}: ${tableLabel}`}>
          {table}
        </div>
      </details>
    </figure>
  );
}
