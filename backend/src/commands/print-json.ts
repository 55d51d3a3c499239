/**
 * JSON as `JSON.stringify` writes it, but for one thing: an object's `id` stands first. JavaScript puts names that are
 * whole numbers, such as the columns of a table of quantiles, in front of all others.
 */
export function toJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => toJson(item ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  const idFirst = [...members.filter(([name]) => name === 'id'), ...members.filter(([name]) => name !== 'id')];
  return `{${idFirst.map(([name, member]) => `${JSON.stringify(name)}:${toJson(member)}`).join(',')}}`;
}
