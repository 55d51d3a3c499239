import type { ReactNode } from 'react';
import { DataTable } from '@/charts/data-table';

interface CheckSectionProps {
  id: string;
  title: string;
  columns: readonly string[];
  rows: ReadonlyArray<readonly string[]>;
  /** What the columns mean. */
  note: string;
  children?: ReactNode;
}

/** A part of the account of how forecasts did: a table that scrolls by itself, and what it means. */
export function CheckSection({ id, title, columns, rows, note, children }: CheckSectionProps) {
  return (
    <section className="card grid gap-2" aria-labelledby={id}>
      <h2 id={id} className="text-base font-semibold">
        {title}
      </h2>
      {children}
      {rows.length > 0 ? (
        <div className="overflow-x-auto" tabIndex={0} role="region" aria-labelledby={id}>
          <DataTable caption={title} columns={columns} rows={rows} />
        </div>
      ) : null}
      <p className="text-sm text-muted">{note}</p>
    </section>
  );
}
