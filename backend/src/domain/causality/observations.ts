/** Regular steps of time, one column per variable; NaN is what was not measured. A missing step keeps its place, so that lags stay true. */
export interface Observations {
  readonly names: readonly string[];
  /** One column per name, all of equal length, oldest first. */
  readonly columns: readonly Float64Array[];
}

/** Why a variable can be judged in no test. */
export type Unusable = 'never measured' | 'never changes';

export const stepsOf = ({ columns }: Observations): number => columns[0]?.length ?? 0;

/** True where any value of any variable is missing. */
export const hasMissing = ({ columns }: Observations): boolean =>
  columns.some((column) => column.some((value) => Number.isNaN(value)));

/** Variables without a value, or whose values are all the same; by name. */
export function unusableVariables({ names, columns }: Observations): Record<string, Unusable> {
  const found: Record<string, Unusable> = {};
  for (const [index, name] of names.entries()) {
    const present = columns[index]?.filter((value) => !Number.isNaN(value)) ?? new Float64Array();
    if (present.length === 0) found[name] = 'never measured';
    else if (present.every((value) => value === present[0])) found[name] = 'never changes';
  }
  return found;
}

/** Columns out of rows; `null`, and whatever is no finite number, is missing. */
export function fromRows(rows: ReadonlyArray<ReadonlyArray<number | null>>, names?: readonly string[]): Observations {
  const count = names?.length ?? rows[0]?.length ?? 0;
  const columns = Array.from({ length: count }, (_, variable) =>
    Float64Array.from(rows, (row) => {
      const value = row[variable];
      return typeof value === 'number' && Number.isFinite(value) ? value : Number.NaN;
    }),
  );
  return { names: names ?? columns.map((_, index) => String(index)), columns };
}
