import type { LinksResult } from '@/api/types';

/** With more, none can be followed. The rest is told in words and in the table. */
export const MOST_DRAWN = 8;
const ROW_PX = 54;
/** Between links of one pair that differ in lag. */
const PARALLEL_PX = 12;
const THINNEST_PX = 1.25;
const THICKEST_PX = 7;
/** Where on its line a label may stand, the best place first. */
const LABEL_PLACES = [0.5, 0.36, 0.64, 0.22, 0.78] as const;
/** Of a lag, px. */
export const LABEL_PX = { width: 30, height: 18 };
/** What is readable where a phone leaves so little between the names is readable everywhere. */
const NARROWEST_PX = 120;

export type Link = LinksResult['links'][number];

export interface LinksLayout {
  readonly height: number;
  readonly rows: ReadonlyArray<{ name: string; y: number }>;
  /** From the left edge to the right; `labelAt` is a share of the way. */
  readonly lines: ReadonlyArray<{ link: Link; y1: number; y2: number; width: number; labelAt: number; labelY: number }>;
  /** Heights of the variables that keep something of their own past. */
  readonly memory: readonly number[];
}

/** Every variable twice, what it was on the left and what it becomes on the right, and the strongest links between the two. */
export function layoutLinks(names: readonly string[], links: readonly Link[]): LinksLayout {
  const rows = names.map((name, index) => ({ name, y: (index + 0.5) * ROW_PX }));
  const yOf = (name: string) => rows.find((row) => row.name === name)?.y ?? 0;
  const placed: Array<{ labelAt: number; labelY: number }> = [];
  const lines = byStrength(links)
    .filter(({ kind }) => kind === 'link')
    .slice(0, MOST_DRAWN)
    .map((link, _, all) => {
      const siblings = all.filter(({ source, target }) => source === link.source && target === link.target);
      const shift = (siblings.indexOf(link) - (siblings.length - 1) / 2) * PARALLEL_PX;
      const [y1, y2] = [yOf(link.source) + shift, yOf(link.target) + shift];
      const label = freest(
        LABEL_PLACES.map((labelAt) => ({ labelAt, labelY: y1 + labelAt * (y2 - y1) })),
        placed,
      );
      placed.push(label);
      const width = THINNEST_PX + (THICKEST_PX - THINNEST_PX) * Math.min(1, Math.abs(link.partialCorrelation));
      return { link, y1, y2, width, ...label };
    });
  const remembering = new Set(links.filter(({ kind }) => kind === 'memory').map(({ source }) => source));
  return {
    height: names.length * ROW_PX,
    rows,
    lines,
    memory: rows.filter(({ name }) => remembering.has(name)).map(({ y }) => y),
  };
}

export function byStrength(links: readonly Link[]): Link[] {
  return links.toSorted((a, b) => Math.abs(b.partialCorrelation) - Math.abs(a.partialCorrelation));
}

/** The first place that is farthest from all labels there are, or far enough from them. */
function freest<P extends { labelAt: number; labelY: number }>(places: readonly P[], taken: readonly P[]): P {
  const room = (place: P): number =>
    Math.min(
      1,
      ...taken.map(({ labelAt, labelY }) =>
        Math.max(
          (Math.abs(place.labelAt - labelAt) * NARROWEST_PX) / (LABEL_PX.width + 2),
          Math.abs(place.labelY - labelY) / (LABEL_PX.height + 2),
        ),
      ),
    );
  return places.reduce((best, place) => (room(place) > room(best) ? place : best));
}
