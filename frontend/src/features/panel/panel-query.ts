/** Reasons in the order of their urgency; the API counts and filters by these codes. */
export const PANEL_FLAGS = [
  'very-low',
  'low',
  'very-high',
  'high',
  'range',
  'silent',
  'wear',
  'no-data',
  'on-target',
  'lows-likely',
] as const;
export type PanelFlagCode = (typeof PANEL_FLAGS)[number];

/** What the panel can be sorted by other than urgency. */
export const PANEL_SORTS = ['low-risk'] as const;
export type PanelSort = (typeof PANEL_SORTS)[number];

type Address = string | string[] | undefined;

export interface PanelAddress {
  flag: PanelFlagCode | null;
  query: string | null;
  cursor: string | null;
  sort: PanelSort | null;
}

export function parsePanelAddress(values: Record<string, Address>): PanelAddress {
  const { flag, query, cursor, sort } = values;
  return {
    flag: PANEL_FLAGS.find((code) => code === flag) ?? null,
    query: typeof query === 'string' && query.trim() !== '' ? query.trim().slice(0, 100) : null,
    cursor: typeof cursor === 'string' && cursor !== '' ? cursor : null,
    sort: PANEL_SORTS.find((one) => one === sort) ?? null,
  };
}

/** Whether the address asks for some people only. */
export const isNarrowed = ({ flag, query, cursor }: PanelAddress): boolean =>
  flag !== null || query !== null || cursor !== null;

/** The panel's address for a choice; what is not chosen is left out. */
export function panelAddress(choice: Partial<PanelAddress>): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(choice)) if (value) search.set(key, value);
  return search.size ? `/patients?${search}` : '/patients';
}
