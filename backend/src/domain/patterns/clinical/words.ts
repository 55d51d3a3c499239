/** Said once with every answer. */
export const CAUTION =
  'These are associations in what was recorded, to be looked into with the care team: no proof of cause, and no advice on any dose.';

export const countOf = (count: number, of: number, one: string, many: string): string =>
  `${count} of ${of} ${of === 1 ? one : many}`;
