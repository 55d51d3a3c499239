interface DataTableProps {
  caption: string;
  columns: readonly string[];
  /** The first cell of a row is its heading. */
  rows: ReadonlyArray<readonly string[]>;
}

export function DataTable({ caption, columns, rows }: DataTableProps) {
  return (
    <table className="w-full border-collapse text-sm tabular-nums">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column, index) => (
            <th
              key={column}
              scope="col"
              className={`sticky top-0 border-b border-border bg-bg px-2 py-1 font-semibold ${index ? 'text-right' : 'text-left'}`}
            >
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([heading, ...cells]) => (
          <tr key={heading} className="border-b border-border last:border-0">
            <th scope="row" className="px-2 py-1 text-left font-normal whitespace-nowrap">
              {heading}
            </th>
            {cells.map((cell, index) => (
              <td key={columns[index + 1]} className="px-2 py-1 text-right whitespace-nowrap">
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
